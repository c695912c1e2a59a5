using System.Text.RegularExpressions;

namespace BatchRunner.Cli.Logs;

/// <summary>Takes out of a text what must not be on a disk: the key, and whatever signs a URL.</summary>
/// <param name="key">The key, or null if this run has none.</param>
sealed partial class Redaction(string? key)
{
    const string Gone = "[secret]";

    public string Of(string text)
    {
        var safe = key is { Length: > 0 } ? text.Replace(key, Gone, StringComparison.Ordinal) : text;
        return safe.Contains("://", StringComparison.Ordinal) ? Query().Replace(safe, "$1?" + Gone) : safe;
    }

    [GeneratedRegex(@"([a-z]+://[^\s""'<>?#]*)[?#][^\s""'<>]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Query();
}
