using System.Text;

namespace BatchRunner.Catalogue;

/// <summary>How lists and numbers read in a message.</summary>
static class Wording
{
    const int MostNamed = 12;

    /// <summary>`a`, `b` or `c`; of a long list the first twelve and how many more there are.</summary>
    public static string Or(IReadOnlyList<string> words)
    {
        var ticked = words.Select(word => $"`{word}`").ToList();
        return ticked.Count switch
        {
            0 => "nothing",
            1 => ticked[0],
            > MostNamed + 1 => $"{string.Join(", ", ticked.Take(MostNamed))} and {ticked.Count - MostNamed} more",
            _ => $"{string.Join(", ", ticked.SkipLast(1))} or {ticked[^1]}",
        };
    }

    /// <summary>2 to 10, at least 2, at most 10.</summary>
    public static string Range(decimal? least, decimal? most) => (least, most) switch
    {
        ({ } a, { } b) when a == b => JsonValues.Print(a),
        ({ } a, { } b) => $"{JsonValues.Print(a)} to {JsonValues.Print(b)}",
        ({ } a, null) => $"at least {JsonValues.Print(a)}",
        (null, { } b) => $"at most {JsonValues.Print(b)}",
        _ => "any",
    };

    public static string Count(long count, string one, string many) => $"{count} {(count == 1 ? one : many)}";

    /// <summary>Bytes in the largest unit that keeps them readable.</summary>
    public static string Size(long bytes) => bytes switch
    {
        >= 1024 * 1024 => $"{JsonValues.Print(Math.Round(bytes / 1048576m, 1))} MiB",
        >= 1024 => $"{JsonValues.Print(Math.Round(bytes / 1024m, 1))} KiB",
        _ => Count(bytes, "byte", "bytes"),
    };

    public static string Article(string noun) => noun is "image" or "audio" ? $"an {noun}" : $"a {noun}";

    /// <summary>A JSON pointer as people write it: `promptImage[0].uri` in backticks; of the whole body, "the request".</summary>
    public static string Name(string pointer)
    {
        var name = new StringBuilder();
        foreach (var step in pointer.Split('/').Skip(1))
        {
            var plain = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            _ = plain.Length > 0 && plain.All(char.IsAsciiDigit)
                ? name.Append('[').Append(plain).Append(']')
                : name.Append(name.Length > 0 ? "." : "").Append(plain);
        }

        return name.Length == 0 ? "the request" : $"`{name}`";
    }

    /// <summary>The JSON pointer of a member.</summary>
    public static string Pointer(string owner, string member) =>
        $"{owner}/{member.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
