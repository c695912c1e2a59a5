namespace BatchRunner.Expansion.Sources;

/// <summary>The `'` that results.csv puts before a cell a spreadsheet would run, taken away again when we read our own file.</summary>
static class FormulaGuard
{
    const char Mark = '\'';

    /// <summary>Whether these are the columns of results.csv: it starts with `job` and ends with `key`.</summary>
    public static bool IsResults(IReadOnlyList<string> columns) =>
        columns.Count > 3 && columns[0] == "job" && columns[^1] == "key" && columns.Contains("status") && columns.Contains("take");

    /// <summary>The text without its guard. A `'` before anything a spreadsheet would not run is the user's.</summary>
    public static string Remove(string text) => text[0] == Mark && IsRun(text.AsSpan().TrimStart(Mark)) ? text[1..] : text;

    static bool IsRun(ReadOnlySpan<char> text)
    {
        var start = text.TrimStart(' ');
        return !start.IsEmpty && start[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠';
    }
}
