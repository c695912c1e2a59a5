using System.Globalization;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue;

/// <summary>
/// The wording of this stage. BR0500 to BR0509 are mistakes in a catalogue file, BR0510 to BR0529 in a request, BR0530 to
/// BR0539 in the media it names.
/// </summary>
static class CatalogueProblems
{
    public static Diagnostic Unreadable(SourceFile file) =>
        new("BR0500", Severity.Error, $"the catalogue `{file.Path}` can't be read", Hint: "close it in other programs, and check who may read it");

    public static Diagnostic TooLargeFile(SourcePlace place, long bytes, long most) =>
        new("BR0500", Severity.Error, $"the catalogue has {Wording.Size(bytes)}, and {Wording.Size(most)} is the most", place);

    public static Diagnostic NotJson(SourcePlace place) =>
        new("BR0501", Severity.Error, "this is not JSON from here on", place);

    public static Diagnostic WrongShape(SourcePlace place, string what, string found, string expected) =>
        new("BR0502", Severity.Error, $"{what} is {found}, but should be {expected}", place);

    public static Diagnostic UnknownKey(SourcePlace place, string key, string where, IReadOnlyList<string> known) =>
        new("BR0503", Severity.Error, $"unknown key `{key}` in {where}", place, Nearest.Hint(key, known));

    public static Diagnostic MissingKey(SourcePlace place, string key, string where) =>
        new("BR0504", Severity.Error, $"{where} has no `{key}`", place);

    public static Diagnostic NoSuch(SourcePlace place, string what, string name, IReadOnlyList<string> known) =>
        new("BR0505", Severity.Error, $"there is no {what} `{name}`", place, Nearest.Hint(name, known));

    public static Diagnostic Circle(SourcePlace place, string name) =>
        new("BR0506", Severity.Error, $"`{name}` leads back to itself or is nested too deep", place);

    public static Diagnostic Twice(SourcePlace place, string key, int firstLine) =>
        new("BR0507", Severity.Error, $"the key `{key}` stands here and in line {firstLine}", place);

    public static RequestProblem UnknownModel(string pointer, string model, ModelCatalogue catalogue) =>
        new(pointer, "BR0510", Severity.Warning,
            string.Create(CultureInfo.InvariantCulture,
                $"the catalogue of {catalogue.Date:yyyy-MM-dd} doesn't know the model `{model}`: nothing is checked and its price is unknown"),
            Nearest.Hint(model, catalogue.Models.Select(known => known.Name)));

    public static RequestProblem Retired(string pointer, string model, Retirement retirement) =>
        new(pointer, "BR0511", Severity.Warning,
            string.Create(CultureInfo.InvariantCulture, $"`{model}` was retired on {retirement.Date:yyyy-MM-dd}, and Runway is expected to refuse it"),
            retirement.UseInstead is { } instead ? $"use `{instead}`" : null);

    public static RequestProblem NotOnEndpoint(string pointer, Model model, string endpoint) =>
        new(pointer, "BR0512", Severity.Error,
            $"`{model.Name}` is not offered on `{endpoint}`, but on {Wording.Or([.. model.Variants.Select(v => v.Endpoint)])}", null);

    public static RequestProblem MissingField(string pointer, string field, string where) =>
        new(pointer, "BR0513", Severity.Error, $"`{field}` is missing, and {where} requires it", null) { MissingField = field };

    public static RequestProblem UnknownField(
        string pointer, string field, string where, bool isStrict, IReadOnlyList<string> known) =>
        new(pointer, "BR0514", isStrict ? Severity.Error : Severity.Warning,
            isStrict
                ? $"{where} has no field `{field}` and refuses what it doesn't know"
                : $"{where} has no field `{field}`, so it has no effect",
            Nearest.Hint(field, known) ?? "take it out");

    public static RequestProblem WrongKind(string pointer, string found, string expected, string? hint = null) =>
        new(pointer, "BR0515", Severity.Error, $"{Wording.Name(pointer)} is {found}, but should be {expected}", hint);

    public static RequestProblem NotOffered(
        string pointer, string found, string where, IReadOnlyList<string> offered, string? hint) =>
        new(pointer, "BR0516", Severity.Error,
            $"{Wording.Name(pointer)} is `{found}`, but {where} takes {Wording.Or(offered)}", hint);

    public static RequestProblem RatioNotOffered(
        string pointer, string found, string where, IReadOnlyList<string> offered, string? nearest) =>
        new(pointer, "BR0517", Severity.Error,
            $"{Wording.Name(pointer)} is `{found}`, but {where} offers {Wording.Or(offered)}",
            nearest is null ? null : $"use `{nearest}`, the nearest it offers");

    public static RequestProblem FreeSizeOutside(string pointer, string found, long pixels, PixelRange range) =>
        new(pointer, "BR0517", Severity.Error,
            $"{Wording.Name(pointer)} is `{found}`, {pixels} pixels, but a free size has {range.Minimum} to {range.Maximum}", null);

    public static RequestProblem OutOfRange(string pointer, string found, string where, FieldRule rule) =>
        new(pointer, "BR0518", Severity.Error,
            $"{Wording.Name(pointer)} is {found}, but {where} takes {Wording.Range(rule.Minimum, rule.Maximum)}", null);

    public static RequestProblem TooShort(string pointer, int length, FieldRule rule) =>
        new(pointer, "BR0519", Severity.Error,
            length == 0
                ? $"{Wording.Name(pointer)} is empty"
                : $"{Wording.Name(pointer)} has {Wording.Count(length, "character", "characters")}, but at least {rule.MinLength} are needed",
            length > 0 ? null : rule.IsRequired ? "fill it" : "fill it or leave the field out");

    public static RequestProblem TooLong(string pointer, int length, string where, int most) =>
        new(pointer, "BR0520", Severity.Error,
            $"{Wording.Name(pointer)} has {length} characters (UTF-16 units), but {where} takes at most {most}",
            $"shorten it by {length - most}");

    public static RequestProblem NotOfForm(string pointer, string found, string form) =>
        new(pointer, "BR0521", Severity.Error, $"{Wording.Name(pointer)} is `{found}`, but should be {form}", null);

    public static RequestProblem WrongCount(string pointer, int count, string where, FieldRule rule) =>
        new(pointer, "BR0522", Severity.Error,
            $"{Wording.Name(pointer)} has {Wording.Count(count, "item", "items")}, but {where} takes {Wording.Range(rule.MinLength is 0 ? null : rule.MinLength, rule.MaxLength)}",
            count > rule.MaxLength ? $"take {count - rule.MaxLength} out" : null);

    public static RequestProblem SharedValue(string pointer, string value, string first) =>
        new(pointer, "BR0523", Severity.Error, $"{Wording.Name(pointer)} is `{value}`, and so is {Wording.Name(first)}", "use each once");

    public static RequestProblem SomeHave(string pointer, string member, int with, int all) =>
        new(pointer, "BR0523", Severity.Error,
            $"{with} of the {all} items of {Wording.Name(pointer)} have a `{member}`, but all of them must or none", null);

    public static RequestProblem LastWithoutFirst(string pointer) =>
        new(pointer, "BR0523", Severity.Error,
            $"{Wording.Name(pointer)} has an image at `last` but none at `first`", "add one at `first`");

    public static RequestProblem TotalSeconds(string pointer, decimal seconds, decimal most) =>
        new(pointer, "BR0523", Severity.Error,
            $"{Wording.Name(pointer)} has {JsonValues.Print(seconds)} seconds in all, but {JsonValues.Print(most)} is the most", null);

    public static RequestProblem Combination(string pointer, string when, string need, string? found) =>
        new(pointer, "BR0524", Severity.Error, $"if {when}, {need}{(found is null ? "" : $", but {found}")}", null);

    public static RequestProblem DeprecatedValue(string pointer, string value, string instead) =>
        new(pointer, "BR0525", Severity.Warning, $"{Wording.Name(pointer)} `{value}` is deprecated", $"use `{instead}`");

    public static RequestProblem WrongMedia(string pointer, string? type, string kind, IReadOnlyList<string> taken) =>
        new(pointer, "BR0530", Severity.Error,
            type is null
                ? $"{Wording.Name(pointer)} is not {Wording.Article(kind)} that can be recognised by its bytes; taken are {Wording.Or(taken)}"
                : $"{Wording.Name(pointer)} is `{type}` by its bytes, but taken are {Wording.Or(taken)}",
            null);

    public static RequestProblem TooManyBytes(string pointer, long bytes, long most) =>
        new(pointer, "BR0531", Severity.Error,
            $"{Wording.Name(pointer)} has {Wording.Size(bytes)}, but {Wording.Size(most)} is the most", null);

    public static RequestProblem TooFewPixels(string pointer, int width, int height, int least) =>
        new(pointer, "BR0532", Severity.Error,
            $"{Wording.Name(pointer)} is {width} x {height}, but each side needs at least {least} pixels", null);

    public static RequestProblem TooManyPixels(string pointer, int width, int height, int most) =>
        new(pointer, "BR0532", Severity.Error,
            $"{Wording.Name(pointer)} is {width} x {height}, but no side may have more than {most} pixels", null);

    public static RequestProblem AspectOutside(string pointer, int width, int height, string where, MediaLimits limits)
    {
        var aspect = Math.Round((decimal)width / height, 3);
        var wide = aspect > limits.MaxAspect;
        return new(pointer, "BR0533", Severity.Error,
            $"{Wording.Name(pointer)} is {width} x {height}, {JsonValues.Print(aspect)} times as wide as high, but {where} takes {Wording.Range(limits.MinAspect, limits.MaxAspect)}",
            wide ? "crop its sides" : "crop its top and bottom");
    }

    public static RequestProblem SecondsOutside(string pointer, decimal seconds, string where, MediaLimits limits) =>
        new(pointer, "BR0534", Severity.Error,
            $"{Wording.Name(pointer)} lasts {JsonValues.Print(Math.Round(seconds, 3))} seconds, but {where} takes {Wording.Range(limits.MinSeconds, limits.MaxSeconds)}",
            seconds > limits.MaxSeconds ? "cut it" : null);

    public static RequestProblem FrameRateAbove(string pointer, decimal rate, decimal most) =>
        new(pointer, "BR0535", Severity.Error,
            $"{Wording.Name(pointer)} has {JsonValues.Print(Math.Round(rate, 2))} frames a second, but {JsonValues.Print(most)} is the most", null);

    public static RequestProblem NotAPlace(string pointer, string found, string kind) =>
        new(pointer, "BR0536", Severity.Error,
            $"{Wording.Name(pointer)} is `{found}`, but should be an https URL, a `runway://` upload or a data URI of {Wording.Article(kind)}",
            found.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? "use https" : null);

    public static RequestProblem BadUrl(string pointer, string what, string? hint) =>
        new(pointer, "BR0537", Severity.Error, $"the URL in {Wording.Name(pointer)} {what}", hint);

    public static RequestProblem BadDataUri(string pointer, string what, string? hint) =>
        new(pointer, "BR0538", Severity.Error, $"the data URI in {Wording.Name(pointer)} {what}", hint);
}
