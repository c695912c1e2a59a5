using System.Text.RegularExpressions;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

/// <summary>Every diagnostic can be looked at as a user sees it: in a transcript, or where the world must be broken first, in a spec.</summary>
public sealed partial class CodeSpecs
{
    const string Cases = "tests/BatchRunner.Cli.Tests/Cases";

    /// <summary>Codes that no file and no command line brings about, and the file that shows each. Shrink this list.</summary>
    static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        // Files that can't be read, or are too large to be written into a transcript.
        ["BR0103"] = "tests/BatchRunner.Tests/Manifests/PathRulesSpecs.cs",
        ["BR0104"] = "tests/BatchRunner.Tests/Manifests/PathRulesSpecs.cs",
        ["BR0201"] = "tests/BatchRunner.Tests/Expansion/SheetBoundsSpecs.cs",
        ["BR0213"] = "tests/BatchRunner.Tests/Expansion/SheetBoundsSpecs.cs",
        ["BR0500"] = "tests/BatchRunner.Tests/Catalogue/CatalogueFileSpecs.cs",

        // Large images, long videos.
        ["BR0531"] = "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",
        ["BR0534"] = "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",
        ["BR0535"] = "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",

        // A file is looked for before, under the name that is no address.
        ["BR0536"] = "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",
        ["BR0538"] = "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt",

        // The library's own, which the command tells in other words.
        ["BR0701"] = "tests/BatchRunner.Tests/BatchSpecs.cs",

        // Another process, a disk that fails, a server that answers.
        ["BR0805"] = "tests/BatchRunner.Cli.Tests/Commands/ResolveSpecs.cs",
        ["BR0806"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0809"] = "tests/BatchRunner.Tests/Journaling/DamageSpecs.cs",
        ["BR0810"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0812"] = "tests/BatchRunner.Cli.Tests/OlderJournalSpecs.cs",
        ["BR0813"] = "tests/BatchRunner.Tests/Journaling/WitnessSpecs.cs",
        ["BR0814"] = "tests/BatchRunner.Cli.Tests/OlderJournalSpecs.cs",
        ["BR0815"] = "tests/BatchRunner.Cli.Tests/OlderJournalSpecs.cs",
        ["BR0816"] = "tests/BatchRunner.Tests/Journaling/FolderCheckSpecs.cs",
        ["BR0817"] = "tests/BatchRunner.Tests/Journaling/FolderCheckSpecs.cs",
        ["BR0818"] = "tests/BatchRunner.Tests/Journaling/WitnessSpecs.cs",
        ["BR0819"] = "tests/BatchRunner.Tests/Journaling/WitnessSpecs.cs",
        ["BR0916"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0925"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0946"] = "tests/BatchRunner.Cli.Tests/Commands/ResolveSpecs.cs",
        ["BR0947"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0951"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0952"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0993"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
        ["BR0958"] = "tests/BatchRunner.Cli.Tests/Commands/PlanSpecs.cs",
        ["BR0959"] = "tests/BatchRunner.Cli.Tests/Commands/SavedPlanSpecs.cs",
        ["BR0960"] = "tests/BatchRunner.Cli.Tests/Commands/RetakeSpecs.cs",
        ["BR0968"] = "tests/BatchRunner.Cli.Tests/Commands/ModerationSpecs.cs",
        ["BR0969"] = "tests/BatchRunner.Cli.Tests/Commands/ModerationSpecs.cs",
        ["BR0970"] = "tests/BatchRunner.Cli.Tests/Commands/ModerationSpecs.cs",
        ["BR0977"] = "tests/BatchRunner.Cli.Tests/Commands/Setup/InitSpecs.cs",
        ["BR0953"] = "tests/BatchRunner.Cli.Tests/OutsideSpecs.cs",
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
    public void Every_code_has_a_transcript_or_a_named_spec()
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
                || !File.Exists(CaseFile.PathOf(code.Value))
                || !File.ReadAllText(CaseFile.PathOf(code.Value)).Contains(code.Key, StringComparison.Ordinal))
            .Select(code => shown.Contains(code.Key) ? $"{code.Key} has a transcript: take it out of this list"
                : !InSources.ContainsKey(code.Key) ? $"{code.Key} is no code any more: take it out of this list"
                : $"{code.Key} is not in {code.Value}")
            .ToList();

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [GeneratedRegex("\"(BR[0-9]{4})\"")]
    private static partial Regex Code();

    [GeneratedRegex("BR[0-9]{4}")]
    private static partial Regex Said();
}
