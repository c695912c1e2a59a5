using System.Globalization;
using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests;

/// <summary>The wording of what can be wrong in a manifest that is YAML: BR0107 and BR0120 to BR0148.</summary>
static class ManifestProblems
{
    public static Diagnostic UnknownKey(SourcePlace place, string key, string where, string? hint) =>
        Error("BR0107", where.Length == 0 ? $"unknown key `{key}`" : $"unknown key `{key}` in {where}", place, hint);

    public static Diagnostic WrongType(
        SourcePlace place, string name, string found, string expected, string? hint = null) =>
        Error("BR0120", $"`{name}` is {found}, expected {expected}", place, hint);

    public static Diagnostic NotAMap(SourcePlace place, string found) =>
        Error("BR0120", $"a manifest is a map, but this is {found}", place, "begin with `version: 1`");

    public static Diagnostic Blank(SourcePlace place, string name, string expected) =>
        Error("BR0121", $"`{name}` is blank, expected {expected}", place, "write a value, or take the line out");

    public static Diagnostic Reserved(SourcePlace place, string key, string today) =>
        Error("BR0122", $"`{key}` is reserved for a later version", place, today);

    public static Diagnostic NoVersion(SourcePlace place) =>
        Error("BR0123", "`version` is missing", place, "begin with `version: 1`");

    public static Diagnostic OtherVersion(SourcePlace place, string found) =>
        Error("BR0123", $"`version` is {found}, but this program reads version 1", place, "write `version: 1`, or use a newer program");

    public static Diagnostic NotASlug(SourcePlace place, string name, string slug) =>
        Error(
            "BR0124",
            $"the name `{name}` can't be a folder's name everywhere: "
            + $"it takes lower-case letters, digits and `-`, {RunName.MaxLength} at most",
            place, slug.Length == 0 ? null : $"write `{slug}`");

    public static Diagnostic NoName(SourcePlace place, string file) =>
        Error("BR0147", $"`{file}` gives the run no name", place, "add `name`");

    public static Diagnostic NotAName(SourcePlace place, string what, string name, string? suggestion) =>
        Error(
            "BR0125", $"the {what} `{name}` can't be read by templates: names are letters, digits and `_`, no digit first", place,
            suggestion is null ? null : $"write `{suggestion}`");

    public static Diagnostic TakenName(SourcePlace place, string what, string name, string meaning) =>
        Error("BR0126", $"the {what} can't be called `{name}`: that is {meaning}", place, $"call it `my_{name}`");

    public static Diagnostic SharedName(SourcePlace place, string name, SourcePlace other) =>
        Error("BR0127", $"`{name}` is a constant here and a variable on line {Number(other.Line)}", place, "rename one of the two") with
        {
            Related = [other],
        };

    public static Diagnostic OutOfRange(SourcePlace place, string name, string found, string least, string most) =>
        Error("BR0128", $"`{name}` is {found}, expected {least} to {most}", place);

    public static Diagnostic NotADuration(SourcePlace place, string name, string found, string? hint) =>
        Error("BR0129", $"`{name}` is {found}, expected a duration such as `5s`: an integer with ms, s, m or h", place, hint);

    public static Diagnostic NotAChoice(SourcePlace place, string name, string found, string choices, string? hint) =>
        Error("BR0130", $"`{name}` is {found}, expected {choices}", place, hint);

    public static Diagnostic Both(SourcePlace place, string name, string other, SourcePlace otherPlace, string? hint) =>
        Error("BR0131", $"`{name}` and `{other}` (line {Number(otherPlace.Line)}) say the same thing twice", place, hint) with
        {
            Related = [otherPlace],
        };

    public static Diagnostic OnlyWith(SourcePlace place, string name, string other) =>
        Error("BR0131", $"`{name}` goes with `{other}` only", place, $"take `{name}` out");

    public static Diagnostic Missing(SourcePlace place, string name, string wanted) =>
        Error("BR0132", $"`{name}` needs {wanted}", place);

    public static Diagnostic LooksLikePath(SourcePlace place, string name, string path) =>
        Error("BR0133", $"the template `{name}` is the path `{path}`, which would be sent as the prompt", place, $"say `{{ file: {path} }}`");

    public static Diagnostic WordLooksLikePath(SourcePlace place, string name, string path) =>
        Error("BR0133", $"`{path}` in `{name}` is a path, and would be looked for as a word", place, $"say `{{ file: {path} }}`");

    public static Diagnostic NoWords(SourcePlace place, string file) =>
        Error("BR0141", $"`{file}` holds no word to look for", place);

    public static Diagnostic SameName(SourcePlace place, string name, string first, string second) =>
        Error("BR0134", $"`{first}` and `{second}` would both be the template `{name}`", place, "rename one of the files");

    public static Diagnostic UnknownEncoding(SourcePlace place, string found, string? nearest) =>
        Error(
            "BR0135", $"`encoding` is `{found}`, which is not known here", place,
            nearest is null
                ? "write a name such as `windows-1252`, `iso-8859-1` or `utf-16`"
                : $"did you mean `{nearest}`?");

    public static Diagnostic Circle(SourcePlace place, IEnumerable<string> files) =>
        Error("BR0136", $"`extends` goes in a circle: {string.Join(" → ", files.Select(file => $"`{file}`"))}", place, "take one of them out");

    public static Diagnostic TooDeep(SourcePlace place, int most, IEnumerable<string> files) =>
        Error("BR0137", $"`extends` goes deeper than {Number(most)} files: {string.Join(" → ", files.Select(file => $"`{file}`"))}", place);

    public static Diagnostic TooMany(SourcePlace place, int most) =>
        Error("BR0137", $"`extends` lays more than {Number(most)} files under one manifest", place);

    public static Diagnostic NothingToRemove(SourcePlace place, string name, string? hint) =>
        Error("BR0138", $"`{name}` is blank, which takes it out, but no extended file has it", place, hint);

    public static Diagnostic UnknownAxis(SourcePlace place, string name, string? hint) =>
        Error("BR0139", $"`{name}` is no variable of this manifest", place, hint);

    public static Diagnostic Empty(SourcePlace place, string name, string wanted) =>
        Error("BR0141", $"`{name}` is empty, expected {wanted}", place);

    public static Diagnostic EmptyPrompt(SourcePlace place, string file) =>
        Error("BR0148", $"`{file}` is empty, expected the text of a prompt", place);

    public static Diagnostic BracesInData(SourcePlace place, string name) =>
        new("BR0142", Severity.Warning, $"`{name}` holds `{{{{`, but constants are data: the braces will be sent as they are", place,
            "move the template to where the constant is used");

    public static Diagnostic ZipOfOne(SourcePlace place, int found) =>
        Error("BR0143", $"`zip` pairs {Number(found)} variable{(found == 1 ? "" : "s")}, expected 2 or more", place);

    public static Diagnostic ZippedTwice(SourcePlace place, string name, SourcePlace first) =>
        Error("BR0143", $"`{name}` is zipped here and on line {Number(first.Line)}", place, "name it once") with { Related = [first] };

    public static Diagnostic WhereInBraces(SourcePlace place, string? inner) =>
        Error(
            "BR0144", "`where` is one expression, without braces", place,
            inner is null ? "take the braces out" : $"write `{inner}`");

    public static Diagnostic NotASheet(SourcePlace place, string path, string hint) =>
        Error("BR0145", $"`{path}` can't be read as rows, expected a CSV or TSV file", place, hint);

    public static Diagnostic MixedList(SourcePlace place, string name, string found, string first) =>
        Error("BR0146", $"this value of `{name}` is {found}, but the first is {first}", place, "make all of them maps, or all of them single values");

    static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');

    static Diagnostic Error(string code, string message, SourcePlace place, string? hint = null) =>
        new(code, Severity.Error, Excerpt.OneLine(message), place, hint is null ? null : Excerpt.OneLine(hint));
}
