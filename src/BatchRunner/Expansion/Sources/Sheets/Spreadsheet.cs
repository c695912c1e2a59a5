namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Knows what spreadsheets do to a cell when they export it.</summary>
static class Spreadsheet
{
    static readonly string[] Errors =
        ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"];

    /// <summary>`#N/A` and its like.</summary>
    public static bool IsError(string text) => text.Length > 3 && text[0] == '#' && Errors.Contains(text);

    /// <summary>A long number shortened to `4.01235E+12`.</summary>
    public static bool IsShortened(string text)
    {
        var e = text.IndexOfAny(['E', 'e']);
        return e > 2 && e + 2 < text.Length && text[e + 1] == '+' && char.IsAsciiDigit(text[0]) && text[1] is '.' or ','
            && text.AsSpan(2, e - 2).IndexOfAnyExceptInRange('0', '9') < 0
            && text.AsSpan(e + 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>A ratio such as `16:9` turned into the time of day `16:09:00`.</summary>
    public static bool IsTimeOfDay(string text)
    {
        var parts = text.Split(':');
        return parts.Length is 2 or 3
            && Array.TrueForAll(parts, part => part.Length is 1 or 2 && part.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
            && parts[1].Length == 2 && (parts.Length == 3 || parts[1][0] == '0');
    }

    /// <summary>What to do about the first cell that a spreadsheet has changed, or null if none looks so.</summary>
    public static string? Hint(IEnumerable<string> cells)
    {
        foreach (var text in cells)
        {
            if (IsTimeOfDay(text))
            {
                return $"a spreadsheet has made a time of day of a ratio (`{text}`): format the column as text, then write `{Ratio(text)}`";
            }

            if (IsError(text) || IsShortened(text))
            {
                return $"`{text}` is a spreadsheet's doing: format the column as text and export it again";
            }
        }

        return null;
    }

    static string Ratio(string time)
    {
        var parts = time.Split(':');
        return $"{parts[0].TrimStart('0')}:{parts[1].TrimStart('0')}";
    }
}
