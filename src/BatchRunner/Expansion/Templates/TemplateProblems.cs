using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Templates;

/// <summary>What can be wrong with a template: one method per mistake, BR0220 to BR0229.</summary>
static class TemplateProblems
{
    public static Diagnostic InTemplate(TemplateText text, TemplateProblem problem) =>
        new("BR0220", Severity.Error, problem.Message, text.At(problem.Offset, problem.Length), problem.Hint);

    public static Diagnostic UnknownName(TemplateText text, TemplateRead read, IEnumerable<string> known, string? owner) =>
        new(
            "BR0221",
            Severity.Error,
            $"`{read.Name}` is not known here",
            text.At(read.Offset, read.Name.Length),
            owner is not null ? $"say `{owner}.{read.Name}`" : Nearest.Hint(read.Name, known));

    public static Diagnostic OutOfScope(TemplateText text, TemplateRead read) =>
        new(
            "BR0221",
            Severity.Error,
            $"`{read.Name}` is not known here",
            text.At(read.Offset, read.Name.Length),
            read.Name switch
            {
                "prompt" => "`prompt` can be read in `request` only",
                "id" => "`id` can be read in `output` only",
                "template" => "`template` can be read where there are `templates`, but not in the `id` of rows",
                _ => "`take` can be read in prompts, `request`, `id` and `output`",
            });

    public static Diagnostic UnknownColumn(TemplateText text, TemplateRead read, RowSet rows) =>
        new(
            "BR0222",
            Severity.Error,
            $"`{rows.Name}` has no column `{read.Members[0]}`",
            MemberPlace(text, read, 0),
            Nearest.Hint(read.Members[0], rows.Columns.Names) ?? Columns(rows));

    public static Diagnostic SharedName(TemplateText text, TemplateRead read, IReadOnlyList<string> sharing) =>
        new(
            "BR0223",
            Severity.Error,
            $"`{read.Members[0]}` could be any of {string.Join(", ", sharing.Select(name => $"`{name}`"))}",
            MemberPlace(text, read, 0),
            $"say the exact name: `{read.Name}[\"{sharing[0]}\"]`");

    public static Diagnostic MemberOfValue(TemplateText text, TemplateRead read) =>
        new(
            "BR0222",
            Severity.Error,
            $"`{read.Name}` lists values, which have no columns",
            MemberPlace(text, read, 0),
            $"say `{read.Name}` alone, or `{read.Name}.id` for its name");

    public static Diagnostic UnknownKey(TemplateText text, TemplateRead read, int member, MapNode map) =>
        new(
            "BR0225",
            Severity.Error,
            $"`{string.Join('.', read.Members.Take(member).Prepend(read.Name))}` has no `{read.Members[member]}`",
            MemberPlace(text, read, member),
            Nearest.Hint(read.Members[member], map.Entries.Select(entry => entry.Key)));

    public static Diagnostic PrintedBlank(TemplateText text, TemplateRead read, string column, SourcePlace cell) =>
        new(
            "BR0224",
            Severity.Warning,
            $"`{column}` is blank here, and the prompt prints it",
            cell,
            $"fill the cell, or catch it: `{{{{ {read.Name}.{column} ?? 'something' }}}}`")
        {
            Related = [text.At(read.Offset, read.Length)],
        };

    public static Diagnostic BracesInData(string what, SourcePlace place) =>
        new(
            "BR0226",
            Severity.Warning,
            $"the braces in {what} are sent as they stand: data is never a template",
            place,
            "write the text itself, or move the template into the manifest");

    public static Diagnostic SpreadsheetError(string text, string column, SourcePlace place) =>
        new(
            "BR0215",
            Severity.Error,
            $"`{column}` is `{text}`: a spreadsheet's error value, not text",
            place,
            "mend the formula in the spreadsheet, or leave the cell blank");

    static SourcePlace MemberPlace(TemplateText text, TemplateRead read, int member) =>
        text.At(read.MemberOffsets[member], read.Members[member].Length);

    static string Columns(RowSet rows) =>
        $"it has {string.Join(", ", rows.OwnColumns.Take(12).Select(name => $"`{name}`"))}{(rows.OwnColumns.Count > 12 ? ", …" : "")}";
}
