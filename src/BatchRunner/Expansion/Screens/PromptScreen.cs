using System.Text.RegularExpressions;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Screens;

/// <summary>Looks for words in prompts before anything is paid: plain ones as whole words in any case, or `/patterns/`.</summary>
sealed class PromptScreen
{
    readonly List<(ScalarNode Word, Regex Pattern)> deny;
    readonly List<(ScalarNode Word, Regex Pattern)> warn;

    public PromptScreen(Screening? screening, DiagnosticBag problems)
    {
        deny = Patterns(screening?.Deny ?? [], problems);
        warn = Patterns(screening?.Warn ?? [], problems);
    }

    /// <summary>The word that stops a prompt, or null.</summary>
    public ScalarNode? Denied(string prompt) => First(deny, prompt);

    /// <summary>The word to warn of, or null.</summary>
    public ScalarNode? Warned(string prompt) => First(warn, prompt);

    static ScalarNode? First(List<(ScalarNode Word, Regex Pattern)> patterns, string prompt)
    {
        foreach (var (word, pattern) in patterns)
        {
            if (pattern.IsMatch(prompt))
            {
                return word;
            }
        }

        return null;
    }

    static List<(ScalarNode Word, Regex Pattern)> Patterns(IReadOnlyList<ScalarNode> words, DiagnosticBag problems)
    {
        var patterns = new List<(ScalarNode, Regex)>();
        foreach (var word in words)
        {
            if (Pattern(word.Text.Trim()) is { } pattern)
            {
                patterns.Add((word, pattern));
            }
            else
            {
                problems.Add(ScreenProblems.NoPattern(word));
            }
        }

        return patterns;
    }

    // Without backtracking: a pattern from a stranger can't hang a plan.
    static Regex? Pattern(string word)
    {
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
        var isPattern = word.Length > 2 && word[0] == '/' && word[^1] == '/';
        try
        {
            return word.Length == 0 ? null
                : isPattern ? new Regex(word[1..^1], options)
                : new Regex($@"(^|[^\p{{L}}\p{{N}}]){Regex.Escape(word).Replace("\\ ", "\\s+", StringComparison.Ordinal)}($|[^\p{{L}}\p{{N}}])", options);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            // Not a pattern, or one that needs backtracking: the user's to mend.
            return null;
        }
    }
}
