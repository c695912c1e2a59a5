using System.Text.RegularExpressions;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Screens;

/// <summary>Looks for words in prompts before anything is paid: plain ones as whole words in any case, or `/patterns/`.</summary>
sealed class PromptScreen
{
    readonly Rules deny;
    readonly Rules warn;

    public PromptScreen(Screening? screening, DiagnosticBag problems)
    {
        deny = new Rules(screening?.Deny ?? [], problems);
        warn = new Rules(screening?.Warn ?? [], problems);
    }

    /// <summary>The first word of `deny` that a prompt holds, or null.</summary>
    public ScalarNode? Denied(string prompt) => deny.First(prompt);

    /// <summary>The first word of `warn` that a prompt holds, or null.</summary>
    public ScalarNode? Warned(string prompt) => warn.First(prompt);

    /// <summary>One list: the first of its words that a prompt holds counts.</summary>
    sealed class Rules
    {
        // Without backtracking: a pattern from a stranger can't hang a plan.
        const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

        readonly IReadOnlyList<ScalarNode> written;
        readonly WordList words = new();
        readonly List<(int Number, Regex Pattern)> patterns = [];

        public Rules(IReadOnlyList<ScalarNode> written, DiagnosticBag problems)
        {
            this.written = written;
            for (var i = 0; i < written.Count; i++)
            {
                if (!Take(i, written[i].Text.Trim()))
                {
                    problems.Add(ScreenProblems.NoPattern(written[i]));
                }
            }
        }

        public ScalarNode? First(string prompt)
        {
            var first = words.First(prompt) ?? int.MaxValue;
            foreach (var (number, pattern) in patterns)
            {
                if (number < first && pattern.IsMatch(prompt))
                {
                    first = number;
                    break;
                }
            }

            return first == int.MaxValue ? null : written[first];
        }

        bool Take(int number, string word)
        {
            if (word is not ['/', .., '/'] || word.Length < 3)
            {
                words.Add(word, number);
                return word.Length > 0;
            }

            try
            {
                patterns.Add((number, new Regex(word[1..^1], Options)));
                return true;
            }
            catch (Exception error) when (error is ArgumentException or NotSupportedException)
            {
                // Not a pattern, or one that needs backtracking or too much room: the user's to mend.
                return false;
            }
        }
    }
}
