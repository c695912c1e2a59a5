using System.Text;
using System.Text.Unicode;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>A sheet's bytes as UTF-8, without a byte order mark and the lines above the header. Knows the place of each byte.</summary>
sealed class SheetBytes
{
    // A sheet is held in memory while it is expanded; 45,000 rows of a product catalogue are some 20 MB.
    public const long MostBytes = 256L * 1024 * 1024;

    readonly int linesAbove;

    SheetBytes(SourceFile file, ReadOnlyMemory<byte> bytes, int linesAbove)
    {
        File = file;
        Bytes = bytes;
        this.linesAbove = linesAbove;
    }

    public SourceFile File { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Reads and checks a sheet's bytes; null if a problem was told.</summary>
    public static SheetBytes? Read(SheetSource source, DiagnosticBag problems)
    {
        var raw = ReadAll(source, problems);
        if (raw is null)
        {
            return null;
        }

        var file = source.File;
        if (Decoded(source, raw, ref file, problems) is not { } utf8)
        {
            return null;
        }

        if (utf8.Span.IndexOf((byte)0) is var nul and >= 0)
        {
            problems.Add(SheetProblems.Nul(new SheetBytes(file, utf8, 0).PlaceAt(nul, 1)));
            return null;
        }

        var above = 0;
        while (above < source.SkipRows && !utf8.IsEmpty)
        {
            utf8 = utf8[NextLine(utf8.Span)..];
            above++;
        }

        return new SheetBytes(file, utf8, above);
    }

    /// <summary>The same sheet from a later byte, which starts a line.</summary>
    public SheetBytes From(int start) =>
        new(File, Bytes[start..], linesAbove + LineBreaks(Bytes.Span[..start]));

    /// <summary>The place of some bytes, counting lines from the top.</summary>
    public SourcePlace PlaceAt(int offset, int length) => PlaceFrom(0, linesAbove + 1, Math.Min(offset, Bytes.Length), length);

    /// <summary>The place of some bytes of a record.</summary>
    /// <param name="start">Where the record starts.</param>
    /// <param name="line">The line it starts on, in the file.</param>
    /// <param name="offset">Of the first byte, within the record.</param>
    /// <param name="length">How many; underlined up to the end of the line.</param>
    public SourcePlace PlaceFrom(int start, int line, int offset, int length)
    {
        var before = Bytes.Span.Slice(start, offset);
        var lineStart = before.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        var here = Bytes.Span.Slice(start + offset, Math.Min(length, Bytes.Length - start - offset));
        var end = here.IndexOfAny((byte)'\n', (byte)'\r');
        return new SourcePlace(
            File, line + LineBreaks(before), Units(before[lineStart..]) + 1, Math.Max(Units(end < 0 ? here : here[..end]), 1));
    }

    /// <summary>The place of a line as a whole.</summary>
    public SourcePlace LinePlace(int lineInBytes) => new(File, linesAbove + lineInBytes, 1);

    /// <summary>Lines ended in some bytes: CR, LF and CR LF count once each.</summary>
    static int LineBreaks(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n' || (bytes[i] == '\r' && (i + 1 == bytes.Length || bytes[i + 1] != '\n')))
            {
                count++;
            }
        }

        return count;
    }

    static int NextLine(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        return end < 0 ? bytes.Length
            : bytes[end] == '\r' && end + 1 < bytes.Length && bytes[end + 1] == '\n' ? end + 2
            : end + 1;
    }

    static int Units(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8);

    static byte[]? ReadAll(SheetSource source, DiagnosticBag problems)
    {
        try
        {
            var length = new FileInfo(source.File.FullPath).Length;
            if (length > MostBytes)
            {
                problems.Add(SheetProblems.TooLarge(source, length));
                return null;
            }

            return System.IO.File.ReadAllBytes(source.File.FullPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Missing, a folder, or not for us to read: the user's mistake, told with its place in the manifest.
            problems.Add(SheetProblems.Unreadable(source));
            return null;
        }
    }

    static ReadOnlyMemory<byte>? Decoded(SheetSource source, byte[] raw, ref SourceFile file, DiagnosticBag problems)
    {
        if (ByteOrderMark(raw) is var (encoding, markLength))
        {
            file = file with { Encoding = encoding };
            return encoding is UTF8Encoding
                ? CheckedUtf8(file, raw.AsMemory(markLength), problems)
                : Transcoded(file, encoding, raw.AsSpan(markLength), problems);
        }

        if (source.Encoding is null or UTF8Encoding)
        {
            return CheckedUtf8(file, raw, problems);
        }

        file = file with { Encoding = source.Encoding };
        return Transcoded(file, source.Encoding, raw, problems);
    }

    static (Encoding Encoding, int Length)? ByteOrderMark(ReadOnlySpan<byte> raw) =>
        raw.StartsWith("\uFEFF"u8) ? (Encoding.UTF8, 3)
        : raw.StartsWith(new byte[] { 0xFF, 0xFE }) ? (Encoding.Unicode, 2)
        : raw.StartsWith(new byte[] { 0xFE, 0xFF }) ? (Encoding.BigEndianUnicode, 2)
        : null;

    static ReadOnlyMemory<byte>? CheckedUtf8(SourceFile file, ReadOnlyMemory<byte> bytes, DiagnosticBag problems)
    {
        if (Utf8.IsValid(bytes.Span))
        {
            return bytes;
        }

        var valid = ValidLength(bytes.Span);
        problems.Add(SheetProblems.NotUtf8(new SheetBytes(file, bytes, 0).PlaceAt(valid, 1), bytes.Span[valid]));
        return null;
    }

    static int ValidLength(ReadOnlySpan<byte> bytes)
    {
        var position = 0;
        while (position < bytes.Length
            && Rune.DecodeFromUtf8(bytes[position..], out _, out var used) == System.Buffers.OperationStatus.Done)
        {
            position += used;
        }

        return position;
    }

    static ReadOnlyMemory<byte>? Transcoded(
        SourceFile file, Encoding encoding, ReadOnlySpan<byte> bytes, DiagnosticBag problems)
    {
        var strict = (Encoding)encoding.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        try
        {
            return Encoding.UTF8.GetBytes(strict.GetString(bytes));
        }
        catch (DecoderFallbackException error)
        {
            // Told with the byte, as the encoding was named by the user or by the file's own mark.
            problems.Add(SheetProblems.NotInEncoding(file, encoding, error.Index));
            return null;
        }
    }
}
