using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Reading;

/// <summary>A JSON value that knows where it stands in its file, so that a mistake in it can be pointed at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it begins, in bytes of the file.</param>
/// <param name="Length">Bytes to underline: of a scalar all of it, of an object or a list its opening bracket.</param>
sealed record LocatedJson(JsonValueKind Kind, int Offset, int Length)
{
    /// <summary>The text of a string, or a number as it is written.</summary>
    public string Text { get; init; } = "";

    public IReadOnlyList<LocatedMember> Members { get; init; } = [];

    public IReadOnlyList<LocatedJson> Items { get; init; } = [];

    public bool IsText => Kind == JsonValueKind.String;

    public bool IsObject => Kind == JsonValueKind.Object;

    public bool IsList => Kind == JsonValueKind.Array;

    public decimal? Number =>
        Kind == JsonValueKind.Number
        && decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public LocatedJson? this[string name] => Members.FirstOrDefault(member => member.Name == name)?.Value;

    /// <summary>In the words of a message.</summary>
    public string Word => Kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>The same value without its places.</summary>
    public JsonNode? ToNode() => Kind switch
    {
        JsonValueKind.Object => new JsonObject(Members.Select(m => KeyValuePair.Create(m.Name, m.Value.ToNode()))),
        JsonValueKind.Array => new JsonArray([.. Items.Select(item => item.ToNode())]),
        JsonValueKind.String => JsonValue.Create(Text),
        JsonValueKind.Number => Number is { } number ? JsonValue.Create(number) : null,
        JsonValueKind.True => JsonValue.Create(true),
        JsonValueKind.False => JsonValue.Create(false),
        _ => null,
    };

    /// <summary>
    /// This object with another laid over it: the other's members win, a null takes a member out. `endpoints` and what
    /// is in it, `fields` and `limits` are laid over one another in the same way; any other member is replaced whole.
    /// </summary>
    public LocatedJson Under(LocatedJson above, string within = "")
    {
        var members = Members.ToList();
        foreach (var member in above.Members)
        {
            var at = members.FindIndex(m => m.Name == member.Name);
            if (at < 0)
            {
                members.Add(member);
            }
            else if (members[at].Value.IsObject && member.Value.IsObject && IsLaidOver(within, member.Name))
            {
                members[at] = member with { Value = members[at].Value.Under(member.Value, member.Name) };
            }
            else
            {
                members[at] = member;
            }
        }

        return above with { Members = [.. members.Where(m => m.Value.Kind != JsonValueKind.Null)] };
    }

    static bool IsLaidOver(string within, string name) =>
        within == "endpoints" || name is "endpoints" or "fields" or "limits";
}

/// <summary>A member of an object, with the place of its name.</summary>
sealed record LocatedMember(string Name, int Offset, int Length, LocatedJson Value);
