using BatchRunner.Catalogue.Checking;
using BatchRunner.Catalogue.Describing;

namespace BatchRunner.Catalogue;

/// <summary>The catalogue in plain words, for whoever prints it.</summary>
static class ModelDescription
{
    /// <summary>A row for each model and endpoint, in the catalogue's order.</summary>
    public static IReadOnlyList<ModelRow> Rows(ModelCatalogue catalogue) => [.. catalogue.Models.SelectMany(Rows)];

    /// <summary>A row for each endpoint of a model.</summary>
    public static IReadOnlyList<ModelRow> Rows(Model model) =>
    [
        .. model.Variants.Select(variant => new ModelRow(
            variant.Model,
            variant.Endpoint,
            variant.OutputKind,
            PriceWords.Short(variant.Price, variant.OutputKind),
            Takes(variant, "duration"),
            Offers(variant, "ratio") ?? Offers(variant, "targetAspectRatio") ?? Offers(variant, "resolution"),
            variant.Retired)
        {
            PriceMark = variant.Price?.Mark,
        }),
    ];

    /// <summary>One model on each of its endpoints.</summary>
    public static IReadOnlyList<VariantSheet> Sheets(Model model) =>
        [.. model.Variants.Select(Sheet)];

    static VariantSheet Sheet(ModelVariant variant) => new()
    {
        Endpoint = variant.Endpoint,
        Makes = variant.OutputKind,
        Extension = variant.DefaultExtension,
        RefusesUnknownFields = variant.Body.IsStrict,
        Price = PriceWords.Long(variant.Price, variant.OutputKind),
        PriceMark = variant.Price?.Mark,
        Fields = [.. Fields(variant.Body, "").Where(field => field.Path != "model")],
        Rules =
        [
            .. variant.Rules.Select(rule =>
                $"if {ConditionWords.Of(rule.When)}, {string.Join(" and ", rule.Need.Select(need => ConditionWords.Of(need, "must be")))}"),
        ],
        Note = variant.Note,
        Mark = variant.Mark,
    };

    static string? Takes(ModelVariant variant, string field) =>
        variant.Body.Field(field) is { } rule ? FieldWords.Takes(rule) : null;

    static string? Offers(ModelVariant variant, string field) =>
        variant.Body.Field(field) is { Choices.Count: > 0 } rule ? FieldWords.Takes(rule) : null;

    static IEnumerable<FieldRow> Fields(FieldRule owner, string before)
    {
        foreach (var field in owner.Fields)
        {
            var path = before + field.Name;
            var usual = field.Default is { } value ? JsonValues.Print(value) : null;
            yield return new FieldRow(path, field.IsRequired, FieldWords.Takes(field), usual, field.Mark, field.Note);
            foreach (var deeper in Inner(field, path))
            {
                yield return deeper;
            }
        }
    }

    static IEnumerable<FieldRow> Inner(FieldRule field, string path) => field.Kind switch
    {
        FieldKind.Object => Fields(field, path + "."),
        FieldKind.List when field.Item is { } item => item.Kind == FieldKind.Object ? Fields(item, path + "[].") : Inner(item, path + "[]"),
        FieldKind.OneOf => field.Alternatives.SelectMany(one => Inner(one, path)).DistinctBy(row => (row.Path, row.Takes)),
        _ => [],
    };
}

/// <summary>A model on an endpoint, on one line.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Endpoint">Such as `image_to_video`.</param>
/// <param name="Makes">`video`, `image` or `audio`.</param>
/// <param name="Price">In credits of 0.01 dollars, such as "12 to 32 a second".</param>
/// <param name="Duration">The lengths it makes, or null if none can be asked for.</param>
/// <param name="Ratio">The ratios it makes, or the resolutions; null if none can be asked for.</param>
/// <param name="Retired">If the API has dropped it.</param>
sealed record ModelRow(
    string Model, string Endpoint, string Makes, string Price, string? Duration, string? Ratio, Retirement? Retired)
{
    /// <summary>`3p` or `infer` if the price is less than official.</summary>
    public string? PriceMark { get; init; }
}

/// <summary>A model on an endpoint, in full.</summary>
sealed record VariantSheet
{
    public required string Endpoint { get; init; }

    public required string Makes { get; init; }

    /// <summary>Unless another format is asked for.</summary>
    public required string Extension { get; init; }

    public required bool RefusesUnknownFields { get; init; }

    /// <summary>A line for each rate, in credits of 0.01 dollars.</summary>
    public required IReadOnlyList<string> Price { get; init; }

    /// <summary>`3p` or `infer` if the price is less than official.</summary>
    public string? PriceMark { get; init; }

    public required IReadOnlyList<FieldRow> Fields { get; init; }

    /// <summary>What several fields have to be to one another.</summary>
    public required IReadOnlyList<string> Rules { get; init; }

    public string? Note { get; init; }

    public string? Mark { get; init; }
}

/// <summary>A field of a request.</summary>
/// <param name="Path">Such as `contentModeration.publicFigureThreshold` or `references[].uri`.</param>
/// <param name="IsRequired">Within what holds it.</param>
/// <param name="Takes">In words.</param>
/// <param name="Usual">What the API takes if it is left out, if that is known.</param>
/// <param name="Mark">`3p` or `infer` if it is less than official.</param>
/// <param name="Note">A sentence, or null.</param>
sealed record FieldRow(string Path, bool IsRequired, string Takes, string? Usual, string? Mark, string? Note);
