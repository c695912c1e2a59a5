using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>What a file is, by its bytes.</summary>
public sealed class MediaProbeSpecs
{
    static readonly Dictionary<string, byte[]> Samples = new()
    {
        ["png"] = MediaBytes.Png(1280, 720),
        ["jpeg"] = MediaBytes.Jpeg(1280, 720),
        ["webp"] = MediaBytes.WebP(1280, 720),
        ["gif"] = MediaBytes.Gif(1280, 720),
        ["mp4"] = MediaBytes.Mp4(1280, 720, 4500, 24),
        ["turned mp4"] = MediaBytes.Mp4(1280, 720, 4500, 24, isTurned: true),
        ["mov"] = MediaBytes.Mp4(1280, 720, 4500, 24, brand: "qt  "),
        ["3gp"] = MediaBytes.Mp4(1280, 720, 4500, 24, brand: "3gp4"),
        ["webm"] = MediaBytes.WebM(1280, 720, 4500),
        ["wav"] = MediaBytes.Wav(3),
        ["flac"] = [.. "fLaC"u8, 0, 0, 0, 34, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x0A, 0xC4, 0x42, 0xF0, 0, 2, 0x04, 0xCC, 0, 0, 0, 0],
        ["mp3"] = [.. "ID3\u0004\0\0\0\0\0\u0002\0\0"u8, 0xFF, 0xFB, 0x90, 0xC4, .. new byte[413]],
        ["aac"] = [0xFF, 0xF1, 0x50, 0x80, 0, 0, 0, 0],
        ["ogg"] = [.. "OggS\0\u0002"u8, .. new byte[22], .. "\u0001vorbis"u8],
        ["ogv"] = [.. "OggS\0\u0002"u8, .. new byte[22], .. "\u0080theora"u8[1..]],
        ["avi"] = [.. "RIFF\0\0\0\0AVI LIST"u8],
        ["avif"] = [.. "\0\0\0\u001cftypavif\0\0\0\0mif1avif"u8],
        ["heic"] = [.. "\0\0\0\u001cftypheic\0\0\0\0mif1heic"u8],
        ["bmp"] = [.. "BM"u8, 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 4, 0, 0, 0],
        ["text"] = [.. "<html>not an image</html>"u8],
        ["nothing"] = [],
    };

    public static TheoryData<string> Names => [.. Samples.Keys];

    [Theory]
    [InlineData("png", "image/png 1280x720")]
    [InlineData("jpeg", "image/jpeg 1280x720")]
    [InlineData("webp", "image/webp 1280x720")]
    [InlineData("gif", "image/gif 1280x720")]
    [InlineData("mp4", "video/mp4 1280x720 4.5s 24fps")]
    [InlineData("turned mp4", "video/mp4 720x1280 4.5s 24fps")]
    [InlineData("mov", "video/quicktime 1280x720 4.5s 24fps")]
    [InlineData("3gp", "video/3gpp 1280x720 4.5s 24fps")]
    [InlineData("webm", "video/webm 1280x720 4.5s")]
    [InlineData("wav", "audio/wav 3s")]
    [InlineData("flac", "audio/flac 3s")]
    [InlineData("mp3", "audio/mpeg 0.026s")]
    [InlineData("aac", "audio/aac")]
    [InlineData("ogg", "audio/ogg")]
    [InlineData("ogv", "video/ogg")]
    [InlineData("avi", "video/x-msvideo")]
    [InlineData("avif", "image/avif")]
    [InlineData("heic", "image/heic")]
    [InlineData("bmp", "image/bmp")]
    [InlineData("text", "unknown")]
    [InlineData("nothing", "unknown")]
    public void A_file_is_what_its_bytes_say(string name, string expected) =>
        Assert.Equal(expected, Words(Probe(Samples[name])));

    [Fact]
    public void The_size_is_the_file_s_own() => Assert.Equal(Samples["mp4"].Length, Probe(Samples["mp4"]).Bytes);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_may_end_anywhere(string name)
    {
        var whole = Samples[name];
        for (var length = 0; length < Math.Min(whole.Length, 2000); length++)
        {
            Assert.Equal(length, Probe(whole[..length]).Bytes);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Changed_bytes_neither_break_nor_hang_it(string name)
    {
        var random = new Random(20261120);
        for (var i = 0; i < 3000; i++)
        {
            var bytes = Samples[name].ToArray();
            for (var change = random.Next(1, 6); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
            }

            Measured(bytes);
        }
    }

    [Fact]
    public void Random_bytes_after_a_known_beginning_neither_break_nor_hang_it()
    {
        var random = new Random(7);
        var beginnings = Samples.Values.Where(bytes => bytes.Length > 0).ToList();
        for (var i = 0; i < 5000; i++)
        {
            var bytes = new byte[random.Next(1, 4096)];
            random.NextBytes(bytes);
            var beginning = beginnings[random.Next(beginnings.Count)];
            beginning.AsSpan(0, Math.Min(random.Next(1, 33), Math.Min(beginning.Length, bytes.Length))).CopyTo(bytes);

            Measured(bytes);
        }
    }

    [Fact]
    public void Boxes_that_lead_nowhere_are_given_up()
    {
        byte[] tiny = [0, 0, 0, 8, .. "free"u8];
        byte[] bytes = [.. "\0\0\0\u0010ftypisom\0\0\0\0"u8, .. Enumerable.Repeat(tiny, 100_000).SelectMany(box => box)];

        Assert.Equal("video/mp4", Measured(bytes).ContentType);
    }

    // Reads no more than a bounded number of times, whatever the bytes say.
    static MediaFacts Measured(byte[] bytes)
    {
        using var stream = new CountingStream(bytes);
        var facts = MediaProbe.Read(stream);
        Assert.InRange(stream.Reads, 0, 5000);
        Assert.False(facts.Width <= 0 || facts.Height <= 0 || facts.Seconds < 0 || facts.FrameRate <= 0, $"{facts}");
        return facts;
    }

    static MediaFacts Probe(byte[] bytes)
    {
        using var stream = new MemoryStream(bytes);
        return MediaProbe.Read(stream);
    }

    static string Words(MediaFacts facts) =>
        (facts.ContentType ?? "unknown")
        + (facts.Width is { } width ? $" {width}x{facts.Height}" : "")
        + (facts.Seconds is { } seconds ? $" {JsonValues.Print(seconds)}s" : "")
        + (facts.FrameRate is { } rate ? $" {JsonValues.Print(rate)}fps" : "");

    sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Reads { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            Reads++;
            return base.Read(buffer);
        }
    }
}
