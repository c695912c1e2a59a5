using System.Text.RegularExpressions;

namespace BatchRunner.Templating.Functions;

/// <summary>The time all regular expressions of one render may take together, and the patterns already read.</summary>
sealed class RegexBudget(TimeSpan limit)
{
    readonly Dictionary<(string Pattern, RegexOptions Options), Regex> patterns = [];

    public TimeSpan Limit { get; } = limit;

    public TimeSpan Left { get; private set; } = limit;

    /// <summary>What one match may take: what is left, rounded down so that a pattern can be used again for a while.</summary>
    public TimeSpan Timeout
    {
        get
        {
            var timeout = TimeSpan.FromMilliseconds(1);
            while (timeout * 2 <= Left)
            {
                timeout *= 2;
            }

            return timeout;
        }
    }

    public void Spend(long since) => Left -= TimeProvider.System.GetElapsedTime(since);

    /// <summary>A pattern that was read before and may not run for longer than is left.</summary>
    public Regex? Find(string pattern, RegexOptions options) =>
        patterns.TryGetValue((pattern, options), out var known) && known.MatchTimeout <= Left ? known : null;

    public Regex Keep(string pattern, RegexOptions options, Regex regex) => patterns[(pattern, options)] = regex;
}
