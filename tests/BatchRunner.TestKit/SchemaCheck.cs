using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchRunner.Manifests;

namespace BatchRunner.TestKit;

/// <summary>Checks a value by the words of JSON Schema that our schema uses; any other word is refused, so that none is forgotten.</summary>
sealed class SchemaCheck(JsonObject root)
{
    static readonly string[] Notes = ["$schema", "title", "description", "default", "definitions"];

    public bool Accepts(JsonNode? value) => Accepts(root, value);

    /// <summary>What a YAML value is in JSON.</summary>
    public static JsonNode? Json(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key, Json(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(Json)]),
        ScalarNode { Value: bool truth } => JsonValue.Create(truth),
        ScalarNode { Value: long count } => JsonValue.Create(count),
        ScalarNode { Value: decimal number } => JsonValue.Create(number),
        ScalarNode text => JsonValue.Create(text.Text),
        _ => null,
    };

    bool Accepts(JsonObject schema, JsonNode? value) =>
        schema.Where(word => !Notes.Contains(word.Key)).All(word => Accepts(schema, word.Key, word.Value, value));

    bool Accepts(JsonObject schema, string word, JsonNode? rule, JsonNode? value)
    {
        var (map, list) = (value as JsonObject, value as JsonArray);
        var text = value is JsonValue single && single.GetValueKind() == JsonValueKind.String
            ? single.GetValue<string>()
            : null;
        return word switch
        {
            "$ref" => Accepts(Referenced(Text(rule)), value),
            "type" => (rule as JsonArray ?? [rule?.DeepClone()]).Any(type => IsOf(Text(type), value)),
            "const" => JsonNode.DeepEquals(rule, value),
            "enum" => List(rule).Any(choice => JsonNode.DeepEquals(choice, value)),
            "anyOf" => List(rule).Any(inner => Accepts(Object(inner), value)),
            "allOf" => List(rule).All(inner => Accepts(Object(inner), value)),
            "not" => !Accepts(Object(rule), value),
            "pattern" =>
                text is null || Regex.IsMatch(text, Text(rule), RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)),
            "minLength" => text is null || text.Length >= Number(rule),
            "maxLength" => text is null || text.Length <= Number(rule),
            "minimum" => Count(value) is not { } low || low >= Number(rule),
            "maximum" => Count(value) is not { } high || high <= Number(rule),
            "required" => map is null || List(rule).All(key => map.ContainsKey(Text(key))),
            "properties" => map is null
                || map.All(entry => Object(rule)[entry.Key] is not { } inner || Accepts(Object(inner), entry.Value)),
            "additionalProperties" => map is null || map.Where(
                entry => schema["properties"]?[entry.Key] is null).All(entry => Additional(rule, entry.Value)),
            "propertyNames" => map is null || map.All(entry => Accepts(Object(rule), JsonValue.Create(entry.Key))),
            "minProperties" => map is null || map.Count >= Number(rule),
            "items" => list is null || list.All(item => Accepts(Object(rule), item)),
            "minItems" => list is null || list.Count >= Number(rule),
            _ => throw new InvalidDataException($"`{word}` is not known to this check"),
        };
    }

    bool Additional(JsonNode? rule, JsonNode? value) =>
        rule?.GetValueKind() != JsonValueKind.False && (rule is not JsonObject inner || Accepts(inner, value));

    static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String)
            or ("number", JsonValueKind.Number) or ("null", JsonValueKind.Null)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => Number(value) % 1 == 0,
        _ => false,
    };

    JsonObject Referenced(string path) =>
        Member(Member(root, "definitions"), path["#/definitions/".Length..]);

    static decimal? Count(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? Number(value) : null;

    static decimal Number(JsonNode? node) =>
        decimal.Parse(node?.ToJsonString() ?? "", NumberStyles.Number, CultureInfo.InvariantCulture);

    static string Text(JsonNode? node) =>
        node?.GetValue<string>() ?? throw new InvalidDataException("a text is missing");

    static JsonArray List(JsonNode? node) => node?.AsArray() ?? throw new InvalidDataException("a list is missing");

    static JsonObject Object(JsonNode? node) =>
        node?.AsObject() ?? throw new InvalidDataException("an object is missing");

    /// <summary>The member of an object that is there by the schema's own design.</summary>
    public static JsonObject Member(JsonObject parent, string name) =>
        parent[name]?.AsObject() ?? throw new InvalidDataException($"no `{name}` in the schema");
}
