using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests;

public sealed class ManifestCaseSpecs
{
    const string Folder = "tests/BatchRunner.Tests/Manifests/Cases";

    public static TheoryData<string> Cases => [.. CaseFile.Names(Folder)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_manifest_is_read_or_everything_wrong_with_it_is_told(string name)
    {
        using var folder = new TempFolder();
        var file = CaseFile.Load(Folder, name);
        file.WriteFiles(folder);
        var main = file.FileNames.First();

        DiagnosticBag problems = [];
        var manifest = ManifestReader.Read(folder[main], null, problems);

        var actual = ManifestText.Of(manifest, problems, folder.FullPath);
        Assert.Equal(file.Expected("expected", actual), actual);
    }
}
