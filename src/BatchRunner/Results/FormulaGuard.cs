namespace BatchRunner.Results;

/// <summary>
/// Keeps a spreadsheet from running text as a formula: such text gets an apostrophe before it. Can be undone, because text
/// that already starts with apostrophes before a formula gets one more.
/// </summary>
static class FormulaGuard
{
    const char Guard = '\'';

    // What spreadsheets start a formula with, and every character that compatibility normalization turns into one.
    const string Starts = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u208c\u207a\u208a\ufb29\u2a75\u2a76";

    /// <summary>The text as it is written.</summary>
    public static string Write(string text) => IsFormula(text) ? Guard + text : text;

    /// <summary>The text as it was before <see cref="Write"/>.</summary>
    public static string Read(string text) =>
        text.StartsWith(Guard) && IsFormula(text[1..]) ? text[1..] : text;

    static bool IsFormula(string text)
    {
        foreach (var c in text.AsSpan().TrimStart(Guard))
        {
            if (Starts.Contains(c))
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
