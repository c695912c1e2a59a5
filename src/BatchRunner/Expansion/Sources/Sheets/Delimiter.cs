using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Recognises what parts the cells of a sheet from its header. A tie is the user's to settle.</summary>
static class Delimiter
{
    static readonly char[] Known = [',', ';', '\t', '|'];

    /// <summary>The delimiter and the sheet from its header on; null if a problem was told.</summary>
    public static (char Delimiter, SheetBytes Sheet)? Of(SheetSource source, SheetBytes sheet, DiagnosticBag problems)
    {
        sheet = sheet.From(FirstFilledLine(sheet.Bytes.Span));
        if (source.Delimiter is { } named)
        {
            return (named, sheet);
        }

        var header = Header(sheet.Bytes.Span);
        if (NamedBySpreadsheet(header) is { } told)
        {
            var rest = sheet.From(Math.Min(header.Length + LineEnd(sheet.Bytes.Span[header.Length..]), sheet.Bytes.Length));
            return (told, rest.From(FirstFilledLine(rest.Bytes.Span)));
        }

        var counts = Known.Select(_ => 0).ToArray();
        Count(header, counts);
        var most = counts.Max();
        if (most == 0)
        {
            return (',', sheet);
        }

        var likely = Known.Where((_, i) => counts[i] == most).ToList();
        if (likely.Count > 1 && !(likely.Contains('\t') && source.File.Path.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase)))
        {
            problems.Add(SheetProblems.DelimiterTie(sheet.PlaceAt(0, header.Length), likely, most));
            return null;
        }

        return (likely.Count > 1 ? '\t' : likely[0], sheet);
    }

    static void Count(ReadOnlySpan<byte> header, int[] counts)
    {
        var quoted = false;
        foreach (var b in header)
        {
            quoted ^= b == '"';
            if (!quoted && Array.IndexOf(Known, (char)b) is var known and >= 0)
            {
                counts[known]++;
            }
        }
    }

    // Excel writes `sep=;` above the header for itself.
    static char? NamedBySpreadsheet(ReadOnlySpan<byte> header) =>
        header.Length == 5 && header.StartsWith("sep="u8) && Known.Contains((char)header[4]) ? (char)header[4] : null;

    static int FirstFilledLine(ReadOnlySpan<byte> bytes)
    {
        var filled = bytes.IndexOfAnyExcept(" \t\r\n"u8);
        return filled < 0 ? bytes.Length : bytes[..filled].LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
    }

    static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> bytes)
    {
        var quoted = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            quoted ^= bytes[i] == '"';
            if (!quoted && bytes[i] is (byte)'\n' or (byte)'\r')
            {
                return bytes[..i];
            }
        }

        return bytes;
    }

    static int LineEnd(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("\r\n"u8) ? 2 : bytes.IsEmpty ? 0 : 1;
}
