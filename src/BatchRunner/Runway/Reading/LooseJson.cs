using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BatchRunner.Runway.Reading;

/// <summary>
/// JSON as other people write it: a missing, null or oddly typed member is just not there. Nothing here throws,
/// whatever the bytes: even a lone surrogate, on which the platform's readers do.
/// </summary>
static class LooseJson
{
    static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32 };

    /// <summary>The body's object, or null.</summary>
    public static JsonElement? Object(ReadOnlyMemory<byte> body)
    {
        try
        {
            var text = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
            using var document = JsonDocument.Parse(text, Bounds);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            // Not JSON, or cut: the caller says what that means.
            return null;
        }
    }

    /// <summary>A member that is there and not null. Names are compared as bytes: broken escapes match nothing.</summary>
    public static JsonElement? Member(this JsonElement? element, string name)
    {
        if (element is not { ValueKind: JsonValueKind.Object } owner)
        {
            return null;
        }

        var wanted = Encoding.UTF8.GetBytes(name);
        JsonElement? found = null;
        foreach (var member in owner.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(member).SequenceEqual(wanted))
            {
                found = member.Value;
            }
        }

        return found is { ValueKind: JsonValueKind.Null } ? null : found;
    }

    /// <summary>The elements of an array that are not null.</summary>
    public static IEnumerable<JsonElement?> Items(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.Null).Select(item => (JsonElement?)item)
            : [];

    /// <summary>The members of an object, by name.</summary>
    public static IEnumerable<(string Name, JsonElement? Value)> Members(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } owner
            ? owner.EnumerateObject().Select(member => (NameOf(member), (JsonElement?)member.Value))
            : [];

    /// <summary>A string, or a number as it is written.</summary>
    public static string? Text(this JsonElement? element) => element switch
    {
        { ValueKind: JsonValueKind.String } text => TextOf(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>A number, or a string that holds one.</summary>
    public static decimal? Number(this JsonElement? element) =>
        decimal.TryParse(element.Text(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A number without fraction within the range of an int.</summary>
    public static int? Count(this JsonElement? element) =>
        element.Number() is { } number && number == decimal.Truncate(number) && number is >= 0 and <= int.MaxValue
            ? (int)number
            : null;

    /// <summary>An amount of credits; a negative one is not an amount.</summary>
    public static decimal? Credits(this JsonElement? element) => element.Number() is { } number and >= 0 ? number : null;

    static string TextOf(JsonElement element)
    {
        try
        {
            return element.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate: the text as it was sent.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(element).Trim((byte)'"'));
        }
    }

    static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // As above.
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }
}
