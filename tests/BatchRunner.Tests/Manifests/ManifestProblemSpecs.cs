using System.Text.RegularExpressions;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests;

public sealed partial class ManifestProblemSpecs
{
    const string Cases = "tests/BatchRunner.Tests/Manifests/Cases";

    [Fact]
    public void Every_code_has_a_case_with_its_wording()
    {
        var sources = Directory.EnumerateFiles(
            CaseFile.PathOf("src/BatchRunner/Manifests"), "*Problems.cs", SearchOption.AllDirectories);
        var codes = sources.SelectMany(
            file => Codes().Matches(File.ReadAllText(file))).Select(code => code.Value).ToHashSet();
        var told = Directory.EnumerateFiles(CaseFile.PathOf(
            Cases)).SelectMany(file => Codes().Matches(File.ReadAllText(file))).Select(code => code.Value);

        // A file that can't be read or is too large can't lie in a case: PathRulesSpecs and ManifestReaderSpecs hold these.
        Assert.Equal(["BR0103", "BR0104"], codes.Except(told).Order());
    }

    [GeneratedRegex("BR01[0-9]{2}(?=[\":])")]
    private static partial Regex Codes();
}
