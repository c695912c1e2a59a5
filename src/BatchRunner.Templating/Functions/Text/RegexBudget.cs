using System.Text.RegularExpressions;

namespace BatchRunner.Templating.Functions;

/// <summary>The time all regular expressions of one render may take together, and the patterns already read.</summary>
sealed class RegexBudget(TimeSpan limit)
{
    readonly Dictionary<(string Pattern, RegexOptions Options), Regex> patterns = [];

    public TimeSpan Limit { get; } = limit;

    public TimeSpan Left { get; private set; } = limit;

    public void Spend(long since) => Left -= TimeProvider.System.GetElapsedTime(since);

    public bool TryGet(string pattern, RegexOptions options, out Regex? regex) => patterns.TryGetValue((pattern, options), out regex);

    public void Keep(string pattern, RegexOptions options, Regex regex) => patterns[(pattern, options)] = regex;
}
