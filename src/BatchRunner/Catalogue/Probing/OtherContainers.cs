namespace BatchRunner.Catalogue.Probing;

/// <summary>WebM and Matroska, Ogg, AVI, FLV and MPEG: named, and measured where that is simple.</summary>
static class OtherContainers
{
    public static MediaFacts? Read(ByteWindow window)
    {
        var head = window.At(0, 64);
        return head switch
        {
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Matroska.Read(window),
            _ when head.StartsWith("OggS"u8) => Ogg(head),
            _ when head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..12].SequenceEqual("AVI "u8) => Named("video/x-msvideo"),
            _ when head.StartsWith("FLV\u0001"u8) => Named("video/x-flv"),
            [0x00, 0x00, 0x01, 0xBA or 0xB3, ..] => Named("video/mpeg"),
            _ => null,
        };
    }

    static MediaFacts Ogg(ReadOnlySpan<byte> head) => Named(head.IndexOf("theora"u8) > 0 ? "video/ogg" : "audio/ogg");

    static MediaFacts Named(string type) => new(type, 0, null, null, null);
}
