using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BatchRunner.Simulator.Api;

/// <summary>SHA-256 of an endpoint and a canonical body, to tell whether two creates asked for the same.</summary>
/// <remarks>
/// Members are sorted and numbers count by value. An upload or a data URI counts by the SHA-256 of its bytes, so the
/// same picture sent another way is the same request.
/// </remarks>
static class RequestHash
{
    // mediaHash: the SHA-256 of the bytes behind a URI, or null if they are not known.
    public static string Of(string endpoint, JsonObject body, Func<string, string?> mediaHash)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(endpoint);
            Write(writer, body, mediaHash);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.ToArray()));
    }

    static void Write(Utf8JsonWriter writer, JsonNode? node, Func<string, string?> mediaHash)
    {
        switch (node)
        {
            case JsonObject map:
                writer.WriteStartObject();
                foreach (var (name, value) in map.OrderBy(member => member.Key, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value, mediaHash);
                }

                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    Write(writer, item, mediaHash);
                }

                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                writer.WriteStringValue(mediaHash(text) is { } hash ? $"sha256:{hash}" : text);
                break;
            case JsonValue value when value.TryGetValue<decimal>(out var number):
                writer.WriteRawValue(number.ToString("0.############################", CultureInfo.InvariantCulture));
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
