namespace BatchRunner.Simulator.Media.Video;

/// <summary>Parameter sets and slice headers of a Constrained Baseline stream.</summary>
static class H264Headers
{
    public const byte ProfileBaseline = 66;
    public const byte Constraints = 0xC0; // constraint_set0 and 1: Constrained Baseline

    const byte SequenceUnit = 0x67;
    const byte PictureUnit = 0x68;

    // Table A-1: level, macroblocks a second, macroblocks a frame.
    static readonly (byte Level, int PerSecond, int PerFrame)[] Levels =
    [
        (10, 1_485, 99), (11, 3_000, 396), (12, 6_000, 396), (13, 11_880, 396), (21, 19_800, 792), (22, 20_250, 1_620),
        (30, 40_500, 1_620), (31, 108_000, 3_600), (32, 216_000, 5_120), (40, 245_760, 8_192), (42, 522_240, 8_704),
        (50, 589_824, 22_080), (51, 983_040, 36_864), (52, 2_073_600, 36_864), (60, 4_177_920, 139_264),
    ];

    /// <summary>The least level that allows this many macroblocks across, down and a second.</summary>
    public static byte Level(int across, int down, int framesPerSecond) => Levels.First(level =>
        across * down <= level.PerFrame
        && across * down * framesPerSecond <= level.PerSecond
        && Math.Max(across, down) <= Math.Sqrt(8.0 * level.PerFrame)).Level;

    public static byte[] Sequence(int width, int height, int framesPerSecond)
    {
        var (across, down) = ((width + 15) / 16, (height + 15) / 16);
        var bits = new BitWriter();
        bits.Bits(ProfileBaseline, 8);
        bits.Bits(Constraints, 8);
        bits.Bits(Level(across, down, framesPerSecond), 8);
        bits.Unsigned(0); // seq_parameter_set_id
        bits.Unsigned(0); // log2_max_frame_num_minus4
        bits.Unsigned(2); // pic_order_cnt_type: output order is decoding order
        bits.Unsigned(1); // max_num_ref_frames
        bits.Flag(false); // gaps_in_frame_num_value_allowed_flag
        bits.Unsigned((uint)across - 1);
        bits.Unsigned((uint)down - 1);
        bits.Flag(true); // frame_mbs_only_flag
        bits.Flag(true); // direct_8x8_inference_flag
        var (right, bottom) = (((across * 16) - width) / 2, ((down * 16) - height) / 2);
        bits.Flag(right + bottom > 0);
        if (right + bottom > 0)
        {
            bits.Unsigned(0);
            bits.Unsigned((uint)right);
            bits.Unsigned(0);
            bits.Unsigned((uint)bottom);
        }

        bits.Flag(true); // vui_parameters_present_flag
        Usability(bits, framesPerSecond);
        return bits.ToNalUnit(SequenceUnit);
    }

    public static byte[] Picture()
    {
        var bits = new BitWriter();
        bits.Unsigned(0); // pic_parameter_set_id
        bits.Unsigned(0); // seq_parameter_set_id
        bits.Flag(false); // entropy_coding_mode_flag: CAVLC
        bits.Flag(false); // bottom_field_pic_order_in_frame_present_flag
        bits.Unsigned(0); // num_slice_groups_minus1
        bits.Unsigned(0); // num_ref_idx_l0_default_active_minus1
        bits.Unsigned(0); // num_ref_idx_l1_default_active_minus1
        bits.Flag(false); // weighted_pred_flag
        bits.Bits(0, 2); // weighted_bipred_idc
        bits.Signed(H264Encoder.Quantizer - 26); // pic_init_qp_minus26
        bits.Signed(0); // pic_init_qs_minus26
        bits.Signed(0); // chroma_qp_index_offset
        bits.Flag(true); // deblocking_filter_control_present_flag
        bits.Flag(false); // constrained_intra_pred_flag
        bits.Flag(false); // redundant_pic_cnt_present_flag
        return bits.ToNalUnit(PictureUnit);
    }

    /// <summary>One slice is one picture; <paramref name="frameNumber"/> counts from the last key picture.</summary>
    public static void Slice(BitWriter bits, bool isKey, int frameNumber, int keyNumber)
    {
        bits.Unsigned(0); // first_mb_in_slice
        bits.Unsigned(isKey ? 7u : 5u); // slice_type: I or P, all of the picture
        bits.Unsigned(0); // pic_parameter_set_id
        bits.Bits((uint)frameNumber % 16, 4);
        if (isKey)
        {
            bits.Unsigned((uint)keyNumber % 2); // idr_pic_id
            bits.Flag(false); // no_output_of_prior_pics_flag
            bits.Flag(false); // long_term_reference_flag
        }
        else
        {
            bits.Flag(false); // num_ref_idx_active_override_flag
            bits.Flag(false); // ref_pic_list_modification_flag_l0
            bits.Flag(false); // adaptive_ref_pic_marking_mode_flag
        }

        bits.Signed(0); // slice_qp_delta
        bits.Unsigned(1); // disable_deblocking_filter_idc: blocks stay as drawn
    }

    static void Usability(BitWriter bits, int framesPerSecond)
    {
        bits.Flag(false); // aspect_ratio_info_present_flag
        bits.Flag(false); // overscan_info_present_flag
        bits.Flag(true); // video_signal_type_present_flag
        bits.Bits(5, 3); // video_format: unspecified
        bits.Flag(false); // video_full_range_flag
        bits.Flag(true); // colour_description_present_flag
        bits.Bits(1, 8); // BT.709, three times
        bits.Bits(1, 8);
        bits.Bits(1, 8);
        bits.Flag(false); // chroma_loc_info_present_flag
        bits.Flag(true); // timing_info_present_flag
        bits.Bits(1, 32);
        bits.Bits((uint)framesPerSecond * 2, 32); // two ticks a frame
        bits.Flag(true); // fixed_frame_rate_flag
        bits.Flag(false); // nal_hrd_parameters_present_flag
        bits.Flag(false); // vcl_hrd_parameters_present_flag
        bits.Flag(false); // pic_struct_present_flag
        bits.Flag(true); // bitstream_restriction_flag
        bits.Flag(true); // motion_vectors_over_pic_boundaries_flag
        bits.Unsigned(0); // max_bytes_per_pic_denom
        bits.Unsigned(0); // max_bits_per_mb_denom
        bits.Unsigned(10); // log2_max_mv_length_horizontal
        bits.Unsigned(10); // log2_max_mv_length_vertical
        bits.Unsigned(0); // max_num_reorder_frames
        bits.Unsigned(1); // max_dec_frame_buffering
    }
}
