using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Sources;

/// <summary>What can be wrong with the rows of an axis and their names: one method per mistake, BR0210 to BR0219.</summary>
static class RowProblems
{
    public static Diagnostic NoRows(VariableSource source, string axis) =>
        Error("BR0210", $"`{axis}` has no rows", source.Place, "write at least one");

    public static Diagnostic RepeatedLabel(
        Variable axis, string label, SourcePlace place, SourcePlace first, IReadOnlyList<string> naming, bool hasIdColumn) =>
        Error("BR0211", $"two rows of `{axis.Name}` are called `{label}`", place, IdHint(axis, naming, hasIdColumn)) with { Related = [first] };

    public static Diagnostic BlankLabel(Variable axis, SourcePlace place, string? column, IReadOnlyList<string> naming) =>
        Error(
            "BR0212",
            $"this row of `{axis.Name}` has no name{(column is null ? "" : $": `{column}` is blank")}",
            place,
            column is not null && axis.Source is SheetSource
                ? "fill the cell" + (naming.Count == 0 ? "" : $", or name the rows by other columns: {IdHint(axis, naming, false)}")
                : IdHint(axis, naming, false));

    public static Diagnostic ShortenedLabel(string axis, string text, SourcePlace place) =>
        Error(
            "BR0216",
            $"this row of `{axis}` is called `{text}`: a spreadsheet has shortened a long number",
            place,
            "format the column as text in the spreadsheet and export it again");

    public static Diagnostic MoreLabels(string axis, SourcePlace place, int repeated, int blank) =>
        Error("BR0211", $"in all {repeated:N0} rows of `{axis}` repeat a name, and {blank:N0} have none", place);

    static string IdHint(Variable axis, IReadOnlyList<string> naming, bool hasIdColumn) => axis.Source switch
    {
        ListSource => "give each its own `id`: `{ id: …, … }`",
        { Id: not null } => "make `id` tell the rows apart",
        SheetSource when hasIdColumn => "change one of the cells",
        _ when naming.Count == 0 => "add a column `id`",
        SheetSource => Named(axis, naming, "file"),
        FilesSource => Named(axis, naming, "files"),
        _ => "add a column `id`",
    };

    // A source that is only a path has no room for an `id` beside it.
    static string Named(Variable axis, IReadOnlyList<string> naming, string key)
    {
        var id = $"id: \"{string.Join('-', naming.Select(column => $"{{{{ {Read(axis.Name, column)} }}}}"))}\"";
        return axis.Source.Alone is { } path ? $"write `{axis.Name}: {{ {key}: \"{path}\", {id} }}` in the manifest"
            : $"write `{id}` beside its `{key}` in the manifest";
    }

    static string Read(string axis, string column) =>
        column.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') && !char.IsAsciiDigit(column[0])
            ? $"{axis}.{column}"
            : $"{axis}['{column}']";

    static Diagnostic Error(string code, string message, SourcePlace place, string? hint = null) =>
        new(code, Severity.Error, message, place, hint);
}
