using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Templating;

namespace BatchRunner.Planning.Selecting;

/// <summary>What can be wrong with `--where`: one method per mistake, BR0320 to BR0325.</summary>
static class ConditionProblems
{
    public static Diagnostic Unreadable(TemplateProblem problem) => Error(
        "BR0320", string.Create(CultureInfo.InvariantCulture, $"`--where`, character {problem.Offset + 1}: {problem.Message}"), problem.Hint);

    public static Diagnostic UnknownName(string name, IReadOnlyList<string> known, string? owner) => Error(
        "BR0321", $"`--where` does not know `{name}`",
        owner is not null ? $"say `{owner}.{name}`" : Nearest.Hint(name, known) ?? $"it knows {Listed(known)}");

    public static Diagnostic UnknownColumn(string axis, string column, IReadOnlyList<string> known) => Error(
        "BR0322", $"`--where`: `{axis}` has no column `{column}`", Nearest.Hint(column, known) ?? $"it has {Listed(known)}");

    public static Diagnostic SharedName(string axis, string column, IReadOnlyList<string> sharing) => Error(
        "BR0323", $"`--where`: `{column}` could be any of {Listed(sharing)}", $"say the exact name: `{axis}[\"{sharing[0]}\"]`");

    public static Diagnostic NotTrueOrFalse(string expression, object? value, string job) => Error(
        "BR0324", $"`--where` gives {Given(value)} for `{job}`, but must give true or false",
        value is Cell or string ? $"compare it: `{expression} == '{value}'`" : "compare it with something");

    public static Diagnostic WentWrong(TemplateProblem problem, string job) => Error(
        "BR0325", $"`--where` goes wrong at `{job}`: {problem.Message}", problem.Hint);

    static string Given(object? value) => value switch
    {
        null => "nothing",
        Cell or string => $"`{value}`",
        IFormattable number => $"`{number.ToString(null, CultureInfo.InvariantCulture)}`",
        TemplateRow => "a whole row",
        _ => "a list or map",
    };

    static string Listed(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(12).Select(name => $"`{name}`")) + (all.Count > 12 ? ", …" : "");
    }

    static Diagnostic Error(string code, string message, string? hint) => new(code, Severity.Error, message, Hint: hint);
}
