using System.Text.RegularExpressions;

namespace BatchRunner.Templating.Attacks;

/// <summary>Hand-written attacks, one a line; <c>⟦text×count⟧</c> stands for a text repeated.</summary>
static partial class AttackCorpus
{
    public static IReadOnlyList<string> Read(string path) =>
        [.. File.ReadLines(path).Where(l => l.Length > 0).Select(l => Repetition().Replace(l, Repeat))];

    static string Repeat(Match match) =>
        string.Concat(Enumerable.Repeat(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, null)));

    [GeneratedRegex("⟦(.+?)×([0-9]+)⟧")]
    private static partial Regex Repetition();
}
