using System.Globalization;
using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue has the bounds of the official schema, of every model that is in it.</summary>
public sealed class BoundsSpecs
{
    [Fact]
    public void Numbers_lengths_and_strictness_are_those_of_the_schema()
    {
        var declared = CaseFile.Load("tests/BatchRunner.Tests/Catalogue/Cases", "bounds").Prose
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line[0] != '#')
            .ToList();

        var known = ModelCatalogue.BuiltIn.Models.SelectMany(model => model.Variants).SelectMany(Lines).ToHashSet();

        Assert.True(declared.Count > 150, $"{declared.Count}");
        var missing = declared.Where(line => !known.Contains(line)).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    static IEnumerable<string> Lines(ModelVariant variant)
    {
        var name = $"{variant.Endpoint} {variant.Model}";
        yield return $"{name} {(variant.Body.IsStrict ? "refuses" : "takes")} other fields";
        foreach (var (field, rule) in variant.Body.Fields.SelectMany(field => Forms(field).Select(form => (field.Name, form))))
        {
            yield return $"{name} {field}: " + rule.Kind switch
            {
                FieldKind.Integer or FieldKind.Number => Range(rule.Minimum, rule.Maximum),
                FieldKind.List => Range(rule.MinLength ?? 0, rule.MaxLength) + " items",
                _ => Range(rule.MinLength, rule.MaxLength) + " characters",
            };
        }
    }

    static IEnumerable<FieldRule> Forms(FieldRule rule) =>
        rule.Kind == FieldKind.OneOf ? rule.Alternatives.SelectMany(Forms) : [rule];

    static string Range(decimal? least, decimal? most) => string.Create(CultureInfo.InvariantCulture, $"{least}..{most}");
}
