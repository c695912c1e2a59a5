using System.Globalization;
using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Yaml;

/// <summary>The wording of what can be wrong with a file as YAML: BR0110 to BR0119.</summary>
static class YamlProblems
{
    public static Diagnostic Syntax(SourcePlace place, string message, string? hint) =>
        Error("BR0110", message, place, hint);

    public static Diagnostic UnquotedBraces(SourcePlace place, string text) =>
        Error("BR0111", $"`{Excerpt.Of(text)}` reads as a map without quotes", place, $"write it in quotes: `{Wrapped(Excerpt.Of(text))}`");

    public static Diagnostic DuplicateKey(SourcePlace place, string key, SourcePlace first) =>
        Error("BR0112", $"`{Excerpt.Of(key)}` stands here and on line {Number(first.Line)}", place, "take one of the two out") with
        {
            Related = [first],
        };

    public static Diagnostic Anchor(SourcePlace place, string name) =>
        Error(
            "BR0113", $"the anchor `&{Excerpt.Of(name)}` is not part of the language", place,
            "write the value in both places, or quote the text if the `&` is meant");

    public static Diagnostic Alias(SourcePlace place, string name) =>
        Error(
            "BR0113", $"`*{Excerpt.Of(name)}` reads as an alias, which is not part of the language", place,
            "put the text in quotes if the `*` is meant, else write the value out");

    public static Diagnostic MergeKey(SourcePlace place) =>
        Error("BR0113", "the merge key `<<` is not part of the language", place, "write the keys out, or lay a file under this one with `extends`");

    public static Diagnostic Tag(SourcePlace place, string tag, string? value) =>
        Error(
            "BR0114", $"`{Excerpt.Of(tag)}` reads as a tag, which is not part of the language", place,
            value is not null ? $"quote it: `{Wrapped(Excerpt.Of(value))}`" : "take the tag out");

    public static Diagnostic SecondDocument(SourcePlace place) =>
        Error("BR0115", "a second document begins here, but a manifest is one", place, "take the `---` out, or make two files");

    public static Diagnostic KeyNotText(SourcePlace place, string found, string? hint) =>
        Error("BR0116", $"this key is {found}, but keys are text", place, hint);

    public static Diagnostic TooDeep(SourcePlace place, int limit) =>
        Error("BR0117", $"nested deeper than {Number(limit)} levels", place, null);

    public static Diagnostic TooMany(SourcePlace place, int limit) =>
        Error("BR0117", $"more than {Number(limit)} values, keys and brackets", place, "put rows into a CSV file");

    public static Diagnostic TooLong(SourcePlace place, int length, int limit) =>
        Error("BR0117", $"this text has {Number(length)} characters, but {Number(limit)} is the most", place, null);

    public static Diagnostic Empty(SourcePlace place) =>
        Error("BR0118", "the file holds no manifest", place, "begin with `version: 1`");

    public static Diagnostic TabIndents(SourcePlace place) =>
        Error("BR0119", "a tab indents this line, but YAML takes spaces only", place, "replace the tab by spaces");

    /// <summary>A text as it can be written in quotes: single ones if that saves escapes.</summary>
    public static string Wrapped(string text) =>
        text.Contains('"', StringComparison.Ordinal) && !text.Contains('\'', StringComparison.Ordinal)
            ? $"'{text}'"
            : Quoted(text);

    static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');

    static Diagnostic Error(string code, string message, SourcePlace place, string? hint) =>
        new(code, Severity.Error, Excerpt.OneLine(message), place, hint is null ? null : Excerpt.OneLine(hint));
}
