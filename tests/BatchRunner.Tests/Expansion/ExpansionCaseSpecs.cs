using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>Every trap and every rule about data, as files with the exact answer.</summary>
public sealed class ExpansionCaseSpecs
{
    const string Folder = "tests/BatchRunner.Tests/Expansion/Cases";

    public static TheoryData<string> Cases => [.. CaseFile.Names(Folder)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_manifest_becomes_jobs_or_everything_wrong_with_it_is_told(string name)
    {
        using var folder = new TempFolder();
        var file = CaseFile.Load(Folder, name);
        Picture.WriteTo(folder, "assets/hero.png");
        Picture.WriteTo(folder, "assets/other.png", flavour: 1);
        file.WriteFiles(folder);

        var actual = Expanded.Of(folder[file.FileNames.First()]).Text(folder.FullPath);

        Assert.Equal(file.Expected("expected", actual), actual);
    }
}
