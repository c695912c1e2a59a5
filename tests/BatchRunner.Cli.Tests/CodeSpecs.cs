using System.Text.RegularExpressions;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

/// <summary>Every diagnostic can be looked at as a user sees it, in a transcript; those that no command shows say why.</summary>
public sealed partial class CodeSpecs
{
    const string Cases = "tests/BatchRunner.Cli.Tests/Cases";

    /// <summary>Codes that no command shows: the file that does, and why no command can.</summary>
    static readonly Dictionary<string, (string File, string Why)> Elsewhere = new(StringComparer.Ordinal)
    {
        ["BR0536"] = ("tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",
            "a manifest's text that is no address is a path, so BR0101 or BR0245 comes first; the simulator answers with it, in Runway's words"),
        ["BR0538"] = ("tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",
            "a manifest may hold no data URI, so BR0245 comes first; the simulator answers with it, in Runway's words"),
        ["BR0701"] = ("tests/BatchRunner.Tests/BatchSpecs.cs",
            "the library's own way to run a batch; the command says it at the end of its run, and leaves with 11"),
    };

    static IReadOnlyDictionary<string, string> InSources { get; } = Directory
        .EnumerateFiles(CaseFile.PathOf("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(file => Code().Matches(File.ReadAllText(file)).Select(match => (Code: match.Groups[1].Value, File: Path.GetFileName(file))))
        .DistinctBy(found => found.Code)
        .ToDictionary(found => found.Code, found => found.File, StringComparer.Ordinal);

    static HashSet<string> InTranscripts() => [.. Directory.EnumerateFiles(CaseFile.PathOf(Cases), "*.txt")
        .Select(File.ReadAllText)
        .SelectMany(text => Said().Matches(text[Math.Max(0, text.IndexOf("\n=== said", StringComparison.Ordinal))..]))
        .Select(match => match.Value)];

    [Fact]
    public void Every_code_that_a_command_can_show_has_a_transcript()
    {
        Assert.True(InSources.Count > 200, $"only {InSources.Count} codes were found: they are written otherwise now");
        var shown = InTranscripts();

        var missing = InSources.Where(code => !shown.Contains(code.Key) && !Elsewhere.ContainsKey(code.Key))
            .OrderBy(code => code.Key, StringComparer.Ordinal)
            .Select(code => $"{code.Key} of {code.Value} is in no transcript: write one below {Cases} that brings it about")
            .ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
    }

    [Fact]
    public void What_is_shown_elsewhere_is_shown_there_and_not_in_a_transcript()
    {
        var shown = InTranscripts();

        var wrong = Elsewhere
            .Where(code => shown.Contains(code.Key) || !InSources.ContainsKey(code.Key)
                || !File.Exists(CaseFile.PathOf(code.Value.File))
                || !File.ReadAllText(CaseFile.PathOf(code.Value.File)).Contains(code.Key, StringComparison.Ordinal))
            .Select(code => shown.Contains(code.Key) ? $"{code.Key} has a transcript: take it out of this list"
                : !InSources.ContainsKey(code.Key) ? $"{code.Key} is no code any more: take it out of this list"
                : $"{code.Key} is not in {code.Value.File}, which was to show it because {code.Value.Why}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [GeneratedRegex("\"(BR[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex("BR[0-9]{4}")]
    private static partial Regex Said();
}
