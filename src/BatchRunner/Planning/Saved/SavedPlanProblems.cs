using BatchRunner.Catalogue.Reading;
using BatchRunner.Diagnostics;

namespace BatchRunner.Planning.Saved;

/// <summary>What can be wrong with a saved plan's file: one method per mistake, BR0301 to BR0308.</summary>
static class SavedPlanProblems
{
    const string Again = "save it again with `batchrunner plan MANIFEST --save FILE`";

    public static Diagnostic NotJson(SourcePlace place) => new(
        "BR0301", Severity.Error, "this is not the JSON of a saved plan from here on", place,
        $"a file that ends in `.json` is taken for a saved plan: name a manifest that ends in `.yaml`, or {Again}");

    public static Diagnostic Twice(SourcePlace place, string key, int firstLine) => new(
        "BR0302", Severity.Error, $"the key `{key}` stands here and in line {firstLine}", place, "take one of them out");

    public static Diagnostic UnknownKey(SourcePlace place, string key, IEnumerable<string> known) => new(
        "BR0303", Severity.Error, $"a saved plan has no key `{key}` here", place,
        Nearest.Hint(key, known) ?? $"take it out: here stand {string.Join(", ", known.Select(name => $"`{name}`"))}");

    public static Diagnostic MissingKey(SourcePlace place, string key, string expected) => new(
        "BR0304", Severity.Error, $"`{key}` is missing here, which is {expected}", place, Again);

    public static Diagnostic WrongValue(SourcePlace place, string key, string found, string expected) => new(
        "BR0305", Severity.Error, $"`{key}` is {found}, but must be {expected}", place, Again);

    public static Diagnostic Newer(SourcePlace place, string found) => new(
        "BR0306", Severity.Error,
        $"this plan has format {found}, but this version of BatchRunner reads format {SavedPlan.NewestFormat}", place,
        "update BatchRunner, or save the plan again with this version");

    public static Diagnostic OtherTotal(SourcePlace place, string key, string found, string expected) => new(
        "BR0307", Severity.Error, $"`{key}` is {found}, but the jobs below come to {expected}", place,
        $"leave a saved plan as it is: {Again}");

    public static Diagnostic Repeated(SourcePlace place, string what, int firstLine) => new(
        "BR0308", Severity.Error, $"{what} stands here and in line {firstLine}", place, "take one of them out");

    /// <summary>A value in the words of a message.</summary>
    public static string Found(LocatedJson value) => value.IsText ? value.Text.Length == 0 ? "blank" : $"`{Shortened(value.Text)}`"
        : value.Items.Count + value.Members.Count > 0 || value.Text.Length == 0 ? value.Word
        : $"`{Shortened(value.Text)}`";

    static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
