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

    public static Diagnostic Found(ScalarNode word, string id, SourcePlace? place) =>
        new("BR0271", Severity.Warning, $"the prompt of `{id}` holds `{word.Text}`", place ?? word.Place)
        {
            Related = place is null ? [] : [word.Place],
        };

    public static Diagnostic Denied(ScalarNode word, string id, SourcePlace? place) =>
        new("BR0272", Severity.Warning, $"`{id}` is screened and will not be sent: its prompt holds `{word.Text}`", place ?? word.Place)
        {
            Related = place is null ? [] : [word.Place],
        };
}
