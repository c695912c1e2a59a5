using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests;

public sealed class ManifestReaderSpecs : IDisposable
{
    readonly TempFolder folder = new();
    readonly DiagnosticBag problems = [];

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("none.yaml", "BR0101", null)]
    [InlineData("bacth.yaml", "BR0101", "did you mean `FOLDER/batch.yaml`?")]
    [InlineData("with", "BR0102", "name the manifest in it: `FOLDER/with/batch.yaml`")]
    [InlineData("without", "BR0102", "name the manifest in it: `FOLDER/without/NAME.yaml`")]
    public void A_manifest_that_is_not_there_is_told_without_a_place(string typed, string code, string? hint)
    {
        folder.Write("batch.yaml", "version: 1\n");
        folder.Write("with/batch.yaml", "version: 1\n");
        Directory.CreateDirectory(folder["without"]);

        Assert.Null(ManifestReader.Read(folder[typed], null, problems));

        var problem = Assert.Single(problems);
        Assert.Equal((code, null, hint), (
            problem.Code, problem.Place, problem.Hint?.Replace(folder.FullPath, "FOLDER", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void What_is_no_path_is_told(string typed)
    {
        Assert.Null(ManifestReader.Read(typed, null, problems));
        Assert.Equal("BR0106", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_manifest_over_one_mebibyte_is_not_read()
    {
        var path = folder.Write("batch.yaml", "version: 1\n#" + new string('x', 1024 * 1024));

        Assert.Null(ManifestReader.Read(path, null, problems));
        Assert.Equal("BR0104", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_wider_root_lets_a_campaign_extend_a_brand_beside_it()
    {
        folder.Write("brand.yaml", "version: 1\nid: x\n");
        var path = folder.Write("spring/batch.yaml", "version: 1\nextends: ../brand.yaml\n");

        Assert.Null(ManifestReader.Read(path, null, problems));
        Assert.Equal("BR0105", Assert.Single(problems).Code);

        var manifest = ManifestReader.Read(path, folder.FullPath, []);
        Assert.Equal(("x", folder["spring"], folder.FullPath), (manifest?.Id?.Text, manifest?.Folder, manifest?.Root));
    }

    [Fact]
    public void A_manifest_outside_the_root_is_refused()
    {
        var path = folder.Write("a/batch.yaml", "version: 1\n");
        Directory.CreateDirectory(folder["b"]);

        Assert.Null(ManifestReader.Read(path, folder["b"], problems));
        Assert.Equal("BR0105", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_wrong_limit_does_not_hide_what_is_wrong_further_on()
    {
        var path = folder.Write(
            "batch.yaml", "version: 1\nlimits: { max_jobs: 0 }\nscreening: { deny: [ ~ ] }\nname: No\ndedupe: x\n");

        Assert.NotNull(ManifestReader.Read(path, null, problems));
        Assert.Equal(4, problems.Count);
        Assert.True(problems.HasErrors);
    }

    [Fact]
    public void Places_in_templates_from_files_are_in_those_files()
    {
        folder.Write("p.txt", "\r\n  first\r\nand {{ x }}\r\n");
        var path = folder.Write("batch.yaml", "version: 1\ntemplates: { a: { file: p.txt } }\n");

        var text = Assert.Single(ManifestReader.Read(path, null, problems)?.Arms ?? []).Text;
        var place = text.At(text.Text.IndexOf("{{", StringComparison.Ordinal), 7);

        Assert.Equal("first\nand {{ x }}", text.Text);
        Assert.Equal((folder["p.txt"], 3, 5, 7), (place.File.Path, place.Line, place.Column, place.Length));
    }

    [Fact]
    public void Places_in_trimmed_texts_are_where_they_stand()
    {
        var path = folder.Write(
            "batch.yaml", "version: 1\noutput: >\n\n  {{ x }}\n\nrequest:\n  ratio: \"  {{ y }} \"\n");
        var manifest = ManifestReader.Read(path, null, problems);

        Assert.Equal("{{ x }}", manifest?.Output?.Text);
        Assert.Equal((4, 3, 7), Place(manifest?.Output));
        Assert.Equal((7, 13, 7), Place(manifest?.Request["ratio"]?.Value as ScalarNode));
    }

    [Fact]
    public void Ten_thousand_mistakes_are_all_told()
    {
        var path = folder.Write("batch.yaml", "version: 1\n" + string.Concat(
            Enumerable.Range(0, 10_000).Select(i => $"k{i}: 1\nk{i}: 2\n")));

        Assert.Null(ManifestReader.Read(path, null, problems));
        Assert.Equal(10_000, problems.Count);
    }

    [Fact]
    public void Two_large_files_are_merged()
    {
        var keys = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"  k{i}: 1\n"));
        folder.Write("base.yaml", "version: 1\nconstants:\n" + keys);
        var path = folder.Write("batch.yaml", "version: 1\nextends: base.yaml\nconstants:\n" + keys);

        Assert.Equal(20_000, ManifestReader.Read(path, null, problems)?.Constants.Entries.Count);
    }

    static (int? Line, int? Column, int? Length) Place(ScalarNode? scalar)
    {
        var place = scalar?.At(0, scalar.Text.Length);
        return (place?.Line, place?.Column, place?.Length);
    }
}
