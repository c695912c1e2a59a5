using System.Text.Json;

namespace BatchRunner.Journaling.Records;

/// <summary>Texts that many records share are one object in memory; a known one is found without making it again.</summary>
sealed class Words
{
    // Long texts seldom repeat, and every one kept here is kept for good.
    const int Longest = 200;
    const int Most = 10_000;

    readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> bySpan;

    public Words() => bySpan = known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The text the reader stands on, or null.</summary>
    public string? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (json.ValueSpan.Length > Longest || json.TokenType != JsonTokenType.String)
        {
            return json.GetString();
        }

        Span<char> text = stackalloc char[Longest];
        text = text[..json.CopyString(text)];
        if (bySpan.TryGetValue(text, out var word))
        {
            return word;
        }

        word = text.ToString();
        if (known.Count < Most)
        {
            known[word] = word;
        }

        return word;
    }
}
