using System.Buffers.Binary;

namespace BatchRunner.Simulator.Media.Video;

/// <summary>Puts encoded pictures into an MP4 or a QuickTime file that starts to play before it is whole.</summary>
sealed class MovieFile(int width, int height, decimal seconds, bool isQuickTime)
{
    public const int FramesPerSecond = 24;

    const uint MovieScale = 1_000;
    const uint MediaScale = 24_000;
    const uint FrameTicks = MediaScale / FramesPerSecond;

    static readonly uint[] Identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000];

    readonly List<byte[]> samples = [];
    readonly List<uint> keys = [];

    /// <summary>How many pictures a video of some seconds has.</summary>
    public static int FrameCount(decimal seconds) => Math.Max(1, (int)Math.Ceiling(seconds * FramesPerSecond));

    public void Add(byte[] unit, bool isKey)
    {
        var sample = new byte[unit.Length + 4];
        BinaryPrimitives.WriteUInt32BigEndian(sample, (uint)unit.Length);
        unit.CopyTo(sample, 4);
        samples.Add(sample);
        if (isKey)
        {
            keys.Add((uint)samples.Count);
        }
    }

    public byte[] ToBytes()
    {
        var brand = isQuickTime
            ? new Box().Text("qt  ").Long(0x200).Text("qt  ").Close("ftyp")
            : new Box().Text("isom").Long(0x200).Text("isomiso2avc1mp41").Close("ftyp");
        var first = brand.Length + Movie(0).Length + 8;
        return [.. brand, .. Movie((uint)first), .. Box.Of("mdat", [.. samples])];
    }

    byte[] Movie(uint firstSample) => Box.Of(
        "moov",
        new Box().Long(0, 0, 0, MovieScale, (uint)(seconds * MovieScale), 0x10000).Short(0x100).Zeros(10)
            .Long(Identity).Zeros(24).Long(2).Close("mvhd"),
        Box.Of(
            "trak",
            new Box().Long(3, 0, 0, 1, 0, (uint)(seconds * MovieScale)).Zeros(16).Long(Identity)
                .Long((uint)width << 16, (uint)height << 16).Close("tkhd"),
            Box.Of(
                "mdia",
                new Box().Long(0, 0, 0, MediaScale, (uint)(seconds * MediaScale)).Short(0x55C4).Short(0).Close("mdhd"),
                Handler(isQuickTime ? "mhlr" : "\0\0\0\0", "vide"),
                Box.Of(
                    "minf",
                    new Box().Long(1).Zeros(8).Close("vmhd"),
                    isQuickTime ? Handler("dhlr", "url ") : [],
                    Box.Of("dinf", new Box().Long(0, 1).Raw(new Box().Long(1).Close("url ")).Close("dref")),
                    Samples(firstSample)))));

    byte[] Samples(uint firstSample)
    {
        var sizes = new Box().Long(0, 0, (uint)samples.Count);
        foreach (var sample in samples)
        {
            sizes.Long((uint)sample.Length);
        }

        return Box.Of(
            "stbl",
            new Box().Long(0, 1).Raw(Entry()).Close("stsd"),
            Durations(),
            new Box().Long(0, (uint)keys.Count).Long([.. keys]).Close("stss"),
            new Box().Long(0, 1, 1, (uint)samples.Count, 1).Close("stsc"),
            sizes.Close("stsz"),
            new Box().Long(0, 1, firstSample).Close("stco"));
    }

    // The last picture is shorter if the seconds aren't a whole number of pictures.
    byte[] Durations()
    {
        var last = (uint)(seconds * MediaScale) - (((uint)samples.Count - 1) * FrameTicks);
        return last == FrameTicks || samples.Count == 1
            ? new Box().Long(0, 1, (uint)samples.Count, last).Close("stts")
            : new Box().Long(0, 2, (uint)samples.Count - 1, FrameTicks, 1, last).Close("stts");
    }

    byte[] Entry()
    {
        var sequence = H264Headers.Sequence(width, height, FramesPerSecond);
        var picture = H264Headers.Picture();
        var configuration = new Box()
            .Byte(1).Raw(sequence.AsSpan(1, 3)).Byte(0xFF).Byte(0xE1)
            .Short(sequence.Length).Raw(sequence).Byte(1).Short(picture.Length).Raw(picture)
            .Close("avcC");
        var colours = isQuickTime
            ? new Box().Text("nclc").Short(1).Short(1).Short(1).Close("colr")
            : new Box().Text("nclx").Short(1).Short(1).Short(1).Byte(0).Close("colr");
        return new Box()
            .Zeros(6).Short(1).Zeros(16).Short(width).Short(height).Long(0x480000, 0x480000, 0).Short(1)
            .Zeros(32).Short(24).Short(0xFFFF)
            .Raw(configuration).Raw(colours)
            .Close("avc1");
    }

    static byte[] Handler(string component, string type) =>
        new Box().Long(0).Text(component).Text(type).Zeros(12).Byte(0).Close("hdlr");
}
