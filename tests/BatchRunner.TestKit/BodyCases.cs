using System.Text.Json.Nodes;

namespace BatchRunner.TestKit;

/// <summary>A request body somebody judged by hand from the official schema.</summary>
/// <param name="Line">Where it stands in the file.</param>
/// <param name="IsAccepted">Whether the API takes it.</param>
/// <param name="Endpoint">Such as `image_to_video`.</param>
/// <param name="Why">In a few words.</param>
/// <param name="Body">As it is sent.</param>
public sealed record BodyCase(int Line, bool IsAccepted, string Endpoint, string Why, JsonObject Body)
{
    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {(IsAccepted ? "accept" : "reject")} {Endpoint} {Body["model"]}: {Why}";
}

/// <summary>Reads Cases/bodies.txt, which explains its form itself.</summary>
public static class BodyCases
{
    /// <summary>All of them, in order.</summary>
    public static IReadOnlyList<BodyCase> All() => Read("bodies.txt");

    /// <summary>For every model on every endpoint the least that is accepted.</summary>
    public static IReadOnlyList<BodyCase> Minimal() => Read("minimal.txt");

    static List<BodyCase> Read(string name)
    {
        using var stream = typeof(BodyCases).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded");
        using var reader = new StreamReader(stream);
        var cases = new List<BodyCase>();
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                cases.Add(Case(number, line));
            }
        }

        return cases;
    }

    static BodyCase Case(int number, string line)
    {
        var bar = line.IndexOf('|', StringComparison.Ordinal);
        var words = line[..bar].Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var isAccepted = words[0] switch
        {
            "accept" => true,
            "reject" => false,
            _ => throw new FormatException($"line {number}: neither accept nor reject"),
        };
        var body = Expanded(JsonNode.Parse(line[(bar + 1)..])) as JsonObject
            ?? throw new FormatException($"line {number}: the body is no object");
        return new BodyCase(number, isAccepted, words[1], words[2], body);
    }

    static JsonNode? Expanded(JsonNode? node) => node switch
    {
        JsonObject o when o["$repeat"] is JsonArray r =>
            JsonValue.Create(string.Concat(Enumerable.Repeat(r[0]?.GetValue<string>() ?? "", r[1]?.GetValue<int>() ?? 0))),
        JsonObject o when o["$times"] is JsonArray t =>
            new JsonArray([.. Enumerable.Range(0, t[1]?.GetValue<int>() ?? 0).Select(_ => t[0]?.DeepClone())]),
        JsonObject o => new JsonObject(o.Select(member => KeyValuePair.Create(member.Key, Expanded(member.Value?.DeepClone())))),
        JsonArray list => new JsonArray([.. list.Select(item => Expanded(item?.DeepClone()))]),
        null => null,
        _ => node.DeepClone(),
    };
}
