namespace BatchRunner.Manifests;

/// <summary>A user's text inside a message: one line without control characters, and not too much of it.</summary>
static class Excerpt
{
    const int Most = 60;

    /// <summary>The text on one line, cut behind 60 characters.</summary>
    public static string Of(string text)
    {
        var line = OneLine(text).Trim();
        return line.Length <= Most ? line : string.Concat(line.AsSpan(0, Most - 1), "…");
    }

    /// <summary>A whole message on one line.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Create(text.Length, text, (line, from) =>
        {
            for (var i = 0; i < line.Length; i++)
            {
                line[i] = char.IsControl(from[i]) ? ' ' : from[i];
            }
        }) : text;
}
