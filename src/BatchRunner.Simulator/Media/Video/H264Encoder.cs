using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Video;

/// <summary>
/// Encodes pictures of flat 4x4 blocks as H.264 Constrained Baseline: every macroblock is Intra 16x16, DC predicted,
/// with DC levels only, or skipped because it did not change.
/// </summary>
sealed class H264Encoder(int width, int height, IReadOnlyList<Colour> palette)
{
    /// <summary>QP of every macroblock: one luma level is 0.6 of a grey step.</summary>
    public const int Quantizer = 24;

    const byte KeyUnit = 0x65;
    const byte PredictedUnit = 0x41;
    const int DcPrediction = 2;

    static readonly byte[] Zigzag = [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

    readonly int[] lumaOf = [.. palette.Select(colour => colour.Luma)];
    readonly int[][] chromaOf = [[.. palette.Select(colour => colour.Blue)], [.. palette.Select(colour => colour.Red)]];
    readonly int across = (width + 15) / 16;
    readonly int down = (height + 15) / 16;

    // What a decoder has: one value for each 4x4 block.
    readonly int[] luma = new int[(width + 15) / 16 * 4 * ((height + 15) / 16 * 4)];
    readonly int[][] chroma =
    [
        new int[(width + 15) / 16 * 2 * ((height + 15) / 16 * 2)],
        new int[(width + 15) / 16 * 2 * ((height + 15) / 16 * 2)],
    ];

    int frameNumber;
    int keyNumber;

    /// <summary>The next picture as a NAL unit. What equals <paramref name="before"/> is skipped; null makes a key picture.</summary>
    public byte[] Encode(Picture picture, Picture? before)
    {
        var isKey = before is null;
        frameNumber = isKey ? 0 : frameNumber + 1;
        var bits = new BitWriter();
        H264Headers.Slice(bits, isKey, frameNumber, isKey ? keyNumber++ : keyNumber);
        var skipped = 0u;
        for (var row = 0; row < down; row++)
        {
            if (before is not null && picture.IsRowSame(before, row))
            {
                skipped += (uint)across;
                continue;
            }

            for (var column = 0; column < across; column++)
            {
                if (before is not null && picture.IsSame(before, column, row))
                {
                    skipped++;
                    continue;
                }

                if (!isKey)
                {
                    bits.Unsigned(skipped);
                    skipped = 0;
                }

                Macroblock(bits, picture, column, row, isKey);
            }
        }

        if (skipped > 0)
        {
            bits.Unsigned(skipped);
        }

        return bits.ToNalUnit(isKey ? KeyUnit : PredictedUnit);
    }

    void Macroblock(BitWriter bits, Picture picture, int column, int row, bool isKey)
    {
        Span<int> lumaLevels = stackalloc int[16];
        Span<int> blueLevels = stackalloc int[4];
        Span<int> redLevels = stackalloc int[4];
        Luma(picture, column, row, lumaLevels);
        Chroma(picture, column, row, 0, blueLevels);
        Chroma(picture, column, row, 1, redLevels);
        var hasChroma = blueLevels.ContainsAnyExcept(0) || redLevels.ContainsAnyExcept(0);

        bits.Unsigned((uint)((isKey ? 0 : 5) + 1 + DcPrediction + (hasChroma ? 4 : 0))); // mb_type
        bits.Unsigned(0); // intra_chroma_pred_mode: DC
        bits.Signed(0); // mb_qp_delta
        Cavlc.Write(bits, lumaLevels, isChroma: false);
        if (hasChroma)
        {
            Cavlc.Write(bits, blueLevels, isChroma: true);
            Cavlc.Write(bits, redLevels, isChroma: true);
        }
    }

    void Luma(Picture picture, int column, int row, Span<int> levels)
    {
        var stride = across * 4;
        var origin = (row * 4 * stride) + (column * 4);
        var sum = 0;
        for (var i = 0; i < 4; i++)
        {
            sum += row > 0 ? luma[origin - stride + i] : 0;
            sum += column > 0 ? luma[origin + (i * stride) - 1] : 0;
        }

        var prediction = (row > 0, column > 0) switch
        {
            (true, true) => (sum + 4) >> 3,
            (false, false) => 128,
            _ => (sum + 2) >> 2,
        };

        Span<int> matrix = stackalloc int[16];
        for (var i = 0; i < 16; i++)
        {
            var wanted = lumaOf[picture.At((column * 4) + (i % 4), (row * 4) + (i / 4))] - prediction;
            matrix[i] = wanted; // 1.6 levels a step, and the transform adds up sixteen
        }

        Hadamard(matrix);
        for (var i = 0; i < 16; i++)
        {
            matrix[i] = (int)Math.Round(matrix[i] / 10.0, MidpointRounding.AwayFromZero);
        }

        for (var i = 0; i < 16; i++)
        {
            levels[i] = matrix[Zigzag[i]];
        }

        // And back, exactly as a decoder does: clause 8.5.10 at QP 24.
        Hadamard(matrix);
        for (var i = 0; i < 16; i++)
        {
            luma[origin + (i / 4 * stride) + (i % 4)] = Math.Clamp(prediction + (((40 * matrix[i]) + 32) >> 6), 0, 255);
        }
    }

    void Chroma(Picture picture, int column, int row, int plane, Span<int> levels)
    {
        var stride = across * 2;
        var origin = (row * 2 * stride) + (column * 2);
        var values = chroma[plane];
        Span<int> predictions = stackalloc int[4];
        Span<int> wanted = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            var (x, y) = (i % 2, i / 2);
            int? above = row > 0 ? values[origin - stride + x] : null;
            int? left = column > 0 ? values[origin + (y * stride) - 1] : null;
            predictions[i] = Predict(above, left, x, y);
            wanted[i] = Average(picture, (column * 4) + (x * 2), (row * 4) + (y * 2), plane) - predictions[i];
        }

        // 0.8 levels a step, and the transform adds up four.
        ReadOnlySpan<int> sums = [wanted[0] + wanted[1], wanted[0] - wanted[1], wanted[2] + wanted[3], wanted[2] - wanted[3]];
        levels[0] = Scale(sums[0] + sums[2]);
        levels[1] = Scale(sums[1] + sums[3]);
        levels[2] = Scale(sums[0] - sums[2]);
        levels[3] = Scale(sums[1] - sums[3]);

        ReadOnlySpan<int> back = [levels[0] + levels[1], levels[0] - levels[1], levels[2] + levels[3], levels[2] - levels[3]];
        ReadOnlySpan<int> decoded = [back[0] + back[2], back[1] + back[3], back[0] - back[2], back[1] - back[3]];
        for (var i = 0; i < 4; i++)
        {
            values[origin + (i / 2 * stride) + (i % 2)] =
                Math.Clamp(predictions[i] + (((80 * decoded[i]) + 32) >> 6), 0, 255);
        }
    }

    // Clause 8.3.4: the two blocks on the diagonal take both neighbours, the others prefer one.
    static int Predict(int? above, int? left, int x, int y) => (above, left) switch
    {
        ({ } a, { } l) when x == y => ((4 * a) + (4 * l) + 4) >> 3,
        ({ } a, { } l) => x > y ? a : l,
        _ => above ?? left ?? 128,
    };

    int Average(Picture picture, int x, int y, int plane)
    {
        var sum = 0;
        for (var i = 0; i < 4; i++)
        {
            sum += chromaOf[plane][picture.At(x + (i % 2), y + (i / 2))];
        }

        return (sum + 2) / 4;
    }

    static int Scale(int sum) => (int)Math.Round(sum * 0.2, MidpointRounding.AwayFromZero);

    static void Hadamard(Span<int> m)
    {
        for (var i = 0; i < 4; i++)
        {
            Butterfly(m, i * 4, 1);
        }

        for (var i = 0; i < 4; i++)
        {
            Butterfly(m, i, 4);
        }
    }

    static void Butterfly(Span<int> m, int at, int step)
    {
        var (a, b, c, d) = (m[at], m[at + step], m[at + (2 * step)], m[at + (3 * step)]);
        m[at] = a + b + c + d;
        m[at + step] = a + b - c - d;
        m[at + (2 * step)] = a - b - c + d;
        m[at + (3 * step)] = a - b + c - d;
    }
}
