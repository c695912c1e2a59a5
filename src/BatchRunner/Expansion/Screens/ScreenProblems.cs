using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Screens;

/// <summary>What screening says: BR0270 to BR0279.</summary>
static class ScreenProblems
{
    public static Diagnostic NoPattern(ScalarNode word) =>
        new(
            "BR0270",
            Severity.Error,
            $"`{word.Text}` is no pattern that can be looked for",
            word.Place,
            "write a plain word, or a pattern without look-around and back-references between slashes");

    public static Diagnostic Found(SourcePlace word, string text, string first, int jobs, SourcePlace? row) => Warning(
        "BR0271", jobs == 1 ? $"the prompt of `{first}` holds `{text}`" : $"the prompts of `{first}`{More(jobs)} hold `{text}`", word, row);

    public static Diagnostic Denied(SourcePlace word, string text, string first, int jobs, SourcePlace? row) => Warning(
        "BR0272",
        jobs == 1
            ? $"`{first}` is screened and will not be sent: its prompt holds `{text}`"
            : $"`{first}`{More(jobs)} are screened and will not be sent: their prompts hold `{text}`",
        word,
        row);

    static Diagnostic Warning(string code, string message, SourcePlace word, SourcePlace? row) =>
        new(code, Severity.Warning, message, row ?? word) { Related = row is null ? [] : [word] };

    static string More(int jobs) => jobs == 2 ? " and 1 more job" : $" and {jobs - 1:N0} more jobs";
}
