using System.Text;
using System.Text.Json;

namespace BatchRunner.Runway.Inputs;

/// <summary>
/// A canonical request with some of its strings replaced. Every other byte stays as it was hashed: nothing is written
/// anew that could come out differently.
/// </summary>
static class RequestText
{
    /// <summary>
    /// Replaces the string at each JSON pointer by the one given, quotes and escapes included; null and the pointer that
    /// is not there otherwise.
    /// </summary>
    public static byte[]? Replace(
        string request,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> literals,
        out string? missing)
    {
        var text = Encoding.UTF8.GetBytes(request);
        var places = PlacesOf(text, literals);
        missing = literals.Keys.FirstOrDefault(pointer => !places.Exists(place => place.Pointer == pointer));
        if (missing is not null)
        {
            return null;
        }

        var body = new byte[text.Length + places.Sum(place => literals[place.Pointer].Length - place.Length)];
        var (from, to) = (0, 0);
        foreach (var (pointer, start, length) in places)
        {
            text.AsSpan(from, start - from).CopyTo(body.AsSpan(to));
            to += start - from;
            literals[pointer].Span.CopyTo(body.AsSpan(to));
            to += literals[pointer].Length;
            from = start + length;
        }

        text.AsSpan(from).CopyTo(body.AsSpan(to));
        return body;
    }

    static List<(string Pointer, int Start, int Length)> PlacesOf(
        byte[] text,
        IReadOnlyDictionary<string, ReadOnlyMemory<byte>> literals)
    {
        var places = new List<(string, int, int)>();
        var reader = new Utf8JsonReader(text);
        var path = new Stack<Level>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    path.Peek().Name = reader.GetString() ?? "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    break;
                default:
                    if (path.TryPeek(out var level))
                    {
                        level.Index++;
                    }

                    var start = (int)reader.TokenStartIndex;
                    if (reader.TokenType == JsonTokenType.String
                        && PointerOf(path) is var pointer
                        && literals.ContainsKey(pointer))
                    {
                        places.Add((pointer, start, (int)reader.BytesConsumed - start));
                    }
                    else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        path.Push(new Level(IsArray: reader.TokenType == JsonTokenType.StartArray));
                    }

                    break;
            }
        }

        return places;
    }

    static string PointerOf(IEnumerable<Level> path) => string.Concat(path.Reverse().Select(level => level.IsArray
        ? $"/{level.Index}"
        : $"/{level.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));

    /// <summary>An object or array that is being read, and where in it.</summary>
    sealed record Level(bool IsArray)
    {
        public int Index { get; set; } = -1;

        public string Name { get; set; } = "";
    }
}
