using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Manifests.Shape;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests.Schema;

/// <summary>The schema in the repository, and what of it is made: names kept by the language, ranges, and the catalogue's words.</summary>
static class SchemaFile
{
    static readonly JsonSerializerOptions Written = new(
        ) { WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string FullPath { get; } = CaseFile.PathOf("schemas/manifest.schema.json");

    public static JsonObject Read() =>
        JsonNode.Parse(File.ReadAllText(FullPath))?.AsObject() ?? throw new InvalidDataException(FullPath);

    /// <summary>The file as it should be: written by hand but for the parts that follow from code and data.</summary>
    public static string Made()
    {
        var schema = Read();
        var definitions = Member(schema, "definitions");
        Member(definitions, "freeName")["not"] = new JsonObject { ["enum"] = List(
            ReservedNames.All.Order(StringComparer.Ordinal)) };
        Words(Member(definitions, "model"), ModelCatalogue.BuiltIn.Models.Select(model => model.Name));
        Words(Member(definitions, "endpoint"), ModelCatalogue.BuiltIn.Endpoints);
        Member(definitions, "request")["properties"] = RequestFields();
        foreach (var rule in LimitRule.All.Where(rule => rule.Kind != LimitKind.Duration))
        {
            var limit = Member(Member(Member(Member(schema, "properties"), "limits"), "properties"), rule.Key);
            var number = limit["anyOf"]?[0]?.AsObject() ?? limit;
            number["minimum"] = JsonValue.Create((long)rule.Least);
            number["maximum"] = JsonValue.Create((long)rule.Most);
        }

        return schema.ToJsonString(Written).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>The member of an object that is there by the schema's own design.</summary>
    public static JsonObject Member(JsonObject parent, string name) => SchemaCheck.Member(parent, name);

    static void Words(JsonObject definition, IEnumerable<string> words) =>
        (definition["anyOf"]?[0] ?? throw new InvalidDataException(
            "no list of words"))["enum"] = List(words.Order(StringComparer.Ordinal));

    static JsonArray List(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word))];

    // The union over all models: which of them takes what is checked against the catalogue, with the model known.
    static JsonObject RequestFields()
    {
        var fields = new JsonObject
        {
            ["endpoint"] = new JsonObject { ["$ref"] = "#/definitions/endpoint" },
            ["model"] = new JsonObject { ["$ref"] = "#/definitions/model" },
        };
        var rules = ModelCatalogue.BuiltIn.Models.SelectMany(model => model.Variants)
            .SelectMany(variant => variant.Body.Fields.Select(field => (variant.Model, Field: field)))
            .Where(rule => rule.Field.Name is not ("model" or "endpoint"))
            .GroupBy(rule => rule.Field.Name)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in rules)
        {
            fields[group.Key] = RequestField(
                [.. group.Select(rule => rule.Model).Distinct()], [.. group.Select(rule => rule.Field)]);
        }

        return fields;
    }

    static JsonObject RequestField(IReadOnlyList<string> models, IReadOnlyList<FieldRule> rules)
    {
        var field = new JsonObject { ["description"] = $"Taken by {string.Join(", ", models.Order(StringComparer.Ordinal))}." };
        var choices = rules.SelectMany(rule => rule.Choices).Select(
            choice => choice.ToJsonString()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (rules.Any(rule => rule.Kind is FieldKind.OneOf or FieldKind.Media))
        {
            return field;
        }

        var types = rules.SelectMany(rule => Types(rule.Kind)).Append("null").Distinct().Order(StringComparer.Ordinal);
        var any = new JsonObject { ["type"] = List(types) };
        if (choices.Count == 0)
        {
            field["type"] = List(types);
        }
        else
        {
            JsonArray listed = [.. choices.Select(choice => JsonNode.Parse(choice))];
            field["anyOf"] = new JsonArray(new JsonObject { ["enum"] = listed }, any);
        }

        return field;
    }

    // A text may always stand: it may be a template, or be turned into what the field takes.
    static string[] Types(FieldKind kind) => kind switch
    {
        FieldKind.Integer or FieldKind.Number => ["number", "string"],
        FieldKind.Boolean => ["boolean", "string"],
        FieldKind.Object => ["object", "string"],
        FieldKind.List => ["array", "string"],
        _ => ["string", "number", "boolean"],
    };
}
