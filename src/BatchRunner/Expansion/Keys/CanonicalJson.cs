using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Expansion.Keys;

/// <summary>
/// One text for all requests that ask for the same: members sorted by their names' code units, nulls and empty texts, maps
/// and lists left out, numbers by value, no blanks. Written by hand, as another writer's escapes would change every key.
/// </summary>
static class CanonicalJson
{
    public static string Of(JsonNode node)
    {
        var text = new StringBuilder(256);
        Write(text, node);
        return text.ToString();
    }

    static bool IsEmpty(JsonNode? node) => node switch
    {
        null => true,
        JsonObject map => map.All(member => IsEmpty(member.Value)),
        JsonArray list => list.All(IsEmpty),
        _ => node.GetValueKind() == JsonValueKind.String && node.GetValue<string>().Length == 0,
    };

    static void Write(StringBuilder text, JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                var first = true;
                foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    if (value is not null && !IsEmpty(value))
                    {
                        Separate(text, ref first);
                        Quote(text, name);
                        text.Append(':');
                        Write(text, value);
                    }
                }

                text.Append('}');
                break;
            case JsonArray list:
                text.Append('[');
                first = true;
                foreach (var item in list.Where(item => !IsEmpty(item)).OfType<JsonNode>())
                {
                    Separate(text, ref first);
                    Write(text, item);
                }

                text.Append(']');
                break;
            default:
                WriteScalar(text, node);
                break;
        }
    }

    static void Separate(StringBuilder text, ref bool first)
    {
        if (!first)
        {
            text.Append(',');
        }

        first = false;
    }

    static void WriteScalar(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                Quote(text, node.GetValue<string>());
                break;
            case JsonValueKind.Number:
                text.Append(Number(node.ToJsonString()));
                break;
            default:
                text.Append(node.GetValueKind() == JsonValueKind.True ? "true" : "false");
                break;
        }
    }

    // 5, 5.0 and 5e0 are one number.
    static string Number(string written) =>
        decimal.TryParse(written, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.#############################", CultureInfo.InvariantCulture)
            : written;

    static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var isPaired = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is '\n' or '\r' or '\t')
            {
                text.Append('\\').Append(c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
            }
            else if (isPaired)
            {
                text.Append(c).Append(value[++i]);
            }
            else if (c < ' ' || char.IsSurrogate(c))
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }
}
