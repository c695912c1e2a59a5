using System.Text;
using System.Text.Json;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue.Reading;

/// <summary>The bytes of a JSON file of the user, read into values that know their place.</summary>
sealed class JsonText
{
    const int Deepest = 64;

    readonly SourceFile file;
    readonly byte[] bytes;

    /// <summary>What is said of a file that is not JSON.</summary>
    public Func<SourcePlace, Diagnostic> NotJson { get; init; } = CatalogueProblems.NotJson;

    /// <summary>What is said of a key that stands twice, the first time in that line.</summary>
    public Func<SourcePlace, string, int, Diagnostic> Twice { get; init; } = CatalogueProblems.Twice;

    /// <summary>Whether comments are passed over; else they are no JSON.</summary>
    public bool AllowsComments { get; init; } = true;

    public JsonText(SourceFile file, byte[] bytes)
    {
        this.file = file;
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        this.bytes = bytes.AsSpan().StartsWith(mark) ? bytes[mark.Length..] : bytes;
    }

    public SourcePlace Place(LocatedJson value) => Place(value.Offset, value.Length);

    public SourcePlace Place(LocatedMember member) => Place(member.Offset, member.Length);

    /// <summary>The file as one value, or null and a diagnostic if it is not JSON.</summary>
    public LocatedJson? Read(DiagnosticBag problems)
    {
        var options = new JsonReaderOptions { CommentHandling = AllowsComments ? JsonCommentHandling.Skip : JsonCommentHandling.Disallow, MaxDepth = Deepest };
        var reader = new Utf8JsonReader(bytes, options);
        try
        {
            _ = reader.Read();
            var root = Value(ref reader, problems);
            _ = reader.Read();
            return root;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a text whose bytes are not UTF-8.
            problems.Add(NotJson(Place(Broken(error, reader.BytesConsumed), 1)));
            return null;
        }
    }

    LocatedJson Value(ref Utf8JsonReader reader, DiagnosticBag problems)
    {
        var start = (int)reader.TokenStartIndex;
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return new LocatedJson(JsonValueKind.Object, start, 1) { Members = Members(ref reader, problems) };
            case JsonTokenType.StartArray:
                var items = new List<LocatedJson>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, problems));
                }

                return new LocatedJson(JsonValueKind.Array, start, 1) { Items = items };
            case JsonTokenType.String:
                var text = reader.GetString() ?? "";
                return new LocatedJson(JsonValueKind.String, start, Length(ref reader)) { Text = text };
            case JsonTokenType.Number:
                var number = Encoding.ASCII.GetString(reader.ValueSpan);
                return new LocatedJson(JsonValueKind.Number, start, Length(ref reader)) { Text = number };
            case JsonTokenType.True:
                return new LocatedJson(JsonValueKind.True, start, Length(ref reader)) { Text = "true" };
            case JsonTokenType.False:
                return new LocatedJson(JsonValueKind.False, start, Length(ref reader)) { Text = "false" };
            default:
                return new LocatedJson(JsonValueKind.Null, start, Length(ref reader)) { Text = "null" };
        }
    }

    List<LocatedMember> Members(ref Utf8JsonReader reader, DiagnosticBag problems)
    {
        var members = new List<LocatedMember>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, offset, length) = (reader.GetString() ?? "", (int)reader.TokenStartIndex, Length(ref reader));
            _ = reader.Read();
            var member = new LocatedMember(name, offset, length, Value(ref reader, problems));
            if (!seen.TryAdd(name, offset))
            {
                problems.Add(Twice(Place(member), name, Place(seen[name], 1).Line));
                continue;
            }

            members.Add(member);
        }

        return members;
    }

    static int Length(ref Utf8JsonReader reader) => (int)(reader.BytesConsumed - reader.TokenStartIndex);

    int Broken(Exception error, long consumed)
    {
        if (error is not JsonException { LineNumber: { } line, BytePositionInLine: { } column })
        {
            return (int)Math.Min(consumed, bytes.Length);
        }

        var start = 0;
        for (; line > 0; line--)
        {
            var end = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0)
            {
                break;
            }

            start += end + 1;
        }

        return (int)Math.Min(start + column, bytes.Length);
    }

    SourcePlace Place(int offset, int length)
    {
        var before = bytes.AsSpan(0, Math.Min(offset, bytes.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        var end = Math.Min(offset + length, bytes.Length);
        var units = Encoding.UTF8.GetCharCount(bytes.AsSpan(before.Length, end - before.Length));
        return new SourcePlace(file, line, column, Math.Max(units, 1));
    }
}
