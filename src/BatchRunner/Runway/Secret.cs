using System.Diagnostics.CodeAnalysis;

namespace BatchRunner.Runway;

/// <summary>The API key: printed nowhere, shown only to the one place that writes the request's header.</summary>
sealed class Secret
{
    readonly string value;

    Secret(string value) => this.value = value;

    /// <summary>The key itself, for the header and for taking it out of a server's words.</summary>
    public string Reveal() => value;

    public override string ToString() => "[secret]";

    /// <summary>Reads a key; blanks around it are cut. <paramref name="problem"/> never repeats any of it.</summary>
    public static bool TryRead(
        string text,
        [NotNullWhen(true)] out Secret? secret,
        [NotNullWhen(false)] out string? problem)
    {
        var trimmed = text.Trim();
        var bad = trimmed.AsSpan().IndexOfAnyExceptInRange('!', '~');
        problem = trimmed.Length == 0 ? "the key is empty"
            : bad >= 0 ? $"character {bad + 1} of the key is a blank, a line break or not ASCII"
            : null;
        secret = problem is null ? new Secret(trimmed) : null;
        return secret is not null;
    }
}
