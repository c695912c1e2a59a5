using BatchRunner.Diagnostics;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Requests;

/// <summary>What can be wrong with a request before the catalogue looks at it: one method per mistake, BR0240 to BR0259.</summary>
static class RequestProblems
{
    public static Diagnostic WrongType(string field, string found, string wanted, SourcePlace place, string? hint) =>
        Error("BR0240", $"`{field}` takes {wanted}, but this is `{found}`", place, hint);

    public static Diagnostic WholeRow(string field, TemplateRow row, SourcePlace place) =>
        Error("BR0240", $"`{field}` takes one value, but this is a whole row of `{row.Name}`", place, $"say which column: `{row.Name}.{row.Columns.Names[0]}`");

    public static Diagnostic HalfCharacter(SourcePlace place) =>
        Error("BR0240", "the prompt holds half of a character: the template cuts one in two", place, "cut between words, or elsewhere; an emoji counts as two");

    public static Diagnostic Blank(string field, string where, SourcePlace place) =>
        Error("BR0241", $"`{field}` is blank here, and {where} needs it", place, "fill the cell, or catch it with `?? …`, or leave the row out with `where`");

    public static Diagnostic BlankImage(SourcePlace place) =>
        Error(
            "BR0241",
            "the image is blank here, and nothing is made without it",
            place,
            "fill the cell, catch it (`?? 'assets/hero.png'`), or leave the row out with `where`");

    public static Diagnostic BlankPrice(string field, string why, SourcePlace place) =>
        Error("BR0242", $"`{field}` is blank here, so the price is unknown: {why}", place, "say what it is then: `?? 5`");

    public static Diagnostic UnknownPrice(string why, SourcePlace place, string? field) =>
        new("BR0243", Severity.Warning, $"the price is unknown: {why}", place, field is null ? null : $"write `{field}`");

    public static Diagnostic SetTwice(string field, SourcePlace place, SourcePlace other) =>
        Error("BR0244", $"`{field}` is set twice, and neither is over the other", place, "set it in one of them") with
        {
            Related = [other],
        };

    public static Diagnostic NotHttps(string url, SourcePlace place) =>
        Error("BR0245", $"`{url}` is no place Runway reads from", place, "say a path, an https URL or `runway://…`");

    public static Diagnostic LongUrl(string url, int length, int most, SourcePlace place) =>
        Error("BR0245", $"`{url}` has {length:N0} characters, but Runway takes {most:N0}", place, "use a shorter URL, or a file");

    public static Diagnostic EmptyFile(string path, SourcePlace place) =>
        Error("BR0245", $"`{path}` is empty", place, null);

    public static Diagnostic UnreadableFile(string path, SourcePlace place) =>
        Error("BR0245", $"`{path}` can't be read", place, "close it in other programs, and check who may read it");

    public static Diagnostic NoModel(SourcePlace place) =>
        Error("BR0246", "`request` names no `model`", place, "write `model: gen4_turbo`");

    public static Diagnostic UnclearEndpoint(string model, IEnumerable<string> offered, SourcePlace place) =>
        Error(
            "BR0247",
            $"`{model}` is offered on {string.Join(", ", offered.Select(one => $"`{one}`"))}, and the fields don't say which is meant",
            place,
            "write `endpoint` into `request`");

    public static Diagnostic UnknownEndpoint(string endpoint, SourcePlace place, IReadOnlyList<string> known) =>
        Error("BR0247", $"`{endpoint}` is no endpoint of Runway's", place, Nearest.Hint(endpoint, known));

    public static Diagnostic TakesNoPrompt(string model, string endpoint, SourcePlace place) =>
        new("BR0248", Severity.Warning, $"`{model}` on `{endpoint}` takes no prompt, so this one is not sent", place, "leave `templates` out");

    public static Diagnostic BlankPrompt(string model, SourcePlace place) =>
        Error("BR0241", $"the prompt is blank here, and `{model}` needs one", place, "write something around the cells, or leave the row out with `where`");

    public static Diagnostic Unpriced(string model, string why, SourcePlace place, string? missing) =>
        Error(
            "BR0249",
            $"`{model}` has no price here, so `max_credits` can't be kept: {why}",
            place,
            missing is null ? "correct the model if it is misspelt, or name a catalogue that has its price with `--models`; without `max_credits` it runs at any price" : $"write `{missing}`");

    static Diagnostic Error(string code, string message, SourcePlace place, string? hint) =>
        new(code, Severity.Error, message, place, hint);
}
