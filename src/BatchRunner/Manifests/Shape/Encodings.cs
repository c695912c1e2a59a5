using System.Text;

namespace BatchRunner.Manifests.Shape;

/// <summary>Encodings of sheets by the name people write; bytes that don't fit are an error there, never a `?`.</summary>
static class Encodings
{
    /// <summary>Names to suggest.</summary>
    public static IReadOnlyList<string> Common { get; } =
    [
        "utf-8", "utf-16", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254",
        "windows-1255", "windows-1256", "windows-1257", "windows-1258", "windows-874", "iso-8859-1", "iso-8859-2", "iso-8859-5",
        "iso-8859-7", "iso-8859-9", "iso-8859-15", "macintosh", "koi8-r", "koi8-u", "shift_jis", "euc-jp", "euc-kr", "gb2312",
        "gb18030", "big5", "ibm437", "ibm850", "us-ascii",
    ];

    /// <summary>The encoding, or null if the name is not known.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
            // .NET's own table has no code pages; UTF-7 is in neither, on purpose.
            var found = CodePagesEncodingProvider.Instance.GetEncoding(
                name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
            return found ?? Encoding.GetEncoding(
                name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // Told by the caller, with the nearest name.
            return null;
        }
    }
}
