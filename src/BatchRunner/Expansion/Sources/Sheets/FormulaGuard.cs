namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>
/// The `'` that results.csv puts before text a spreadsheet would run as a formula, and its removal when we read our own file.
/// It can be undone, because text that already has apostrophes before a formula gets one more.
/// </summary>
static class FormulaGuard
{
    const char Mark = '\'';

    // What spreadsheets start a formula with, and every character that compatibility normalization turns into one.
    const string Starts = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u208c\u207a\u208a\ufb29\u2a75\u2a76";

    /// <summary>Whether these are the columns of results.csv: it starts with `job` and ends with `key`.</summary>
    public static bool IsResults(IReadOnlyList<string> columns) =>
        columns.Count > 3 && columns[0] == "job" && columns[^1] == "key" && columns.Contains("status") && columns.Contains("take");

    /// <summary>The text as results.csv writes it.</summary>
    public static string Add(string text) => IsRun(text) ? Mark + text : text;

    /// <summary>The text without its guard. A `'` before anything a spreadsheet would not run is the user's.</summary>
    public static string Remove(string text) => text.StartsWith(Mark) && IsRun(text) ? text[1..] : text;

    static bool IsRun(string text)
    {
        foreach (var c in text.AsSpan().TrimStart(Mark))
        {
            if (Starts.Contains(c, StringComparison.Ordinal))
            {
                return true;
            }

            // Spreadsheets skip leading spaces, and what can't be seen must not hide what follows.
            if (c is not ('\ufeff' or '\u200b' or '\u2060') && !char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return false;
    }
}
