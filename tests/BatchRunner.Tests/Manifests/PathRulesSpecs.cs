using System.Diagnostics;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Manifests;

public sealed class PathRulesSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public PathRulesSpecs()
    {
        folder.Write("root/sub/file.txt", "x");
        folder.Write("root/file.txt", "x");
        folder.Write("outside.txt", "secret");
        folder.Write("rooted/file.txt", "secret");
        Directory.CreateDirectory(folder["root/dir"]);
        File.CreateSymbolicLink(folder["root/link-in"], "sub/file.txt");
        File.CreateSymbolicLink(folder["root/link-out"], "../outside.txt");
        File.CreateSymbolicLink(folder["root/link-dir"], folder.FullPath);
        File.CreateSymbolicLink(folder["root/link-broken"], "nowhere");
        File.CreateSymbolicLink(folder["root/link-circle"], "link-circle");
        File.CreateSymbolicLink(folder["root/sub/up"], "..");
        File.CreateSymbolicLink(folder["root/zero"], "/dev/zero");
    }

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("file.txt", null)]
    [InlineData("./sub/../file.txt", null)]
    [InlineData("sub/file.txt", null)]
    [InlineData("link-in", null)]
    [InlineData("sub/up/file.txt", null)]
    [InlineData("nope.txt", "BR0101")]
    [InlineData("link-broken", "BR0101")]
    [InlineData("link-circle", "BR0101")]
    [InlineData("dir", "BR0102")]
    [InlineData(".", "BR0102")]
    [InlineData("../outside.txt", "BR0105")]
    [InlineData("../rooted/file.txt", "BR0105")]
    [InlineData("sub/../../outside.txt", "BR0105")]
    [InlineData("link-out", "BR0105")]
    [InlineData("link-dir/outside.txt", "BR0105")]
    [InlineData("link-dir/root/file.txt", null)]
    [InlineData("/etc/passwd", "BR0105")]
    [InlineData("/proc/self/environ", "BR0105")]
    [InlineData("zero", "BR0105")]
    [InlineData("", "BR0106")]
    [InlineData("  ", "BR0106")]
    [InlineData("a\0b", "BR0106")]
    [InlineData("a\nb", "BR0106")]
    [InlineData("https://example.com/x.png", "BR0106")]
    public void Only_regular_files_below_the_root_are_read(string written, string? code)
    {
        var result = new PathRules(folder["root"]).Resolve(written, folder["root"], "", null);

        Assert.Equal(code, result.Problem?.Code);
        Assert.Equal(code is null, result.File is not null);
    }

    [Fact]
    public void A_wider_root_lets_more_be_read()
    {
        var result = new PathRules(folder.FullPath).Resolve("../outside.txt", folder["root"], "batches/x", null);

        Assert.Equal(("batches/outside.txt", folder["outside.txt"]), (result.File?.Path, result.File?.FullPath));
    }

    [Fact]
    public void A_root_that_is_a_link_is_the_folder_behind_it()
    {
        Directory.CreateSymbolicLink(folder["alias"], folder["root"]);
        var rules = new PathRules(folder["alias"]);

        Assert.Null(rules.Resolve("sub/file.txt", folder["alias"], "", null).Problem);
        Assert.Equal("BR0105", rules.Resolve("link-out", folder["alias"], "", null).Problem?.Code);
    }

    [Fact]
    public void Nothing_waits_on_a_pipe()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart on Linux only");
        using (var make = Process.Start("mkfifo", [folder["root/pipe"]]))
        {
            make.WaitForExit();
        }

        Assert.Equal("BR0102", new PathRules(folder["root"]).Resolve("pipe", folder["root"], "", null).Problem?.Code);
    }

    [Fact]
    public void A_device_is_no_file_even_below_the_root()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "devices are told apart on Linux only");

        Assert.Equal("BR0102", new PathRules("/").Resolve("zero", folder["root"], "", null).Problem?.Code);
    }

    [Theory]
    [InlineData(10, 10, true)]
    [InlineData(11, 10, false)]
    [InlineData(0, 10, true)]
    [InlineData(100_000, 100_000, true)]
    [InlineData(100_001, 100_000, false)]
    public void A_file_is_read_up_to_a_size(int size, int limit, bool isRead)
    {
        File.WriteAllBytes(folder["big"], new byte[size]);
        DiagnosticBag problems = [];

        var bytes = PathRules.Read(new("big", folder["big"]), limit, null, problems);

        Assert.Equal(isRead ? size : null, bytes?.Length);
        Assert.Equal(isRead ? [] : ["BR0104"], problems.Select(problem => problem.Code));
    }

    [Fact]
    public void A_file_that_never_ends_is_read_up_to_the_size_too()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/zero");
        DiagnosticBag problems = [];

        Assert.Null(PathRules.Read(new("zero", "/dev/zero"), 1_000, null, problems));
        Assert.Equal("BR0104", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_file_that_is_gone_when_it_is_read_is_told()
    {
        DiagnosticBag problems = [];

        Assert.Null(PathRules.Read(new("gone", folder["gone"]), 1_000, null, problems));
        Assert.Equal("BR0103", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("../prompts/a.txt", "examples/brand", "examples/prompts/a.txt")]
    [InlineData("../../a.txt", "x", "../a.txt")]
    [InlineData("./a.txt", "", "a.txt")]
    [InlineData("a.txt", "../y", "../y/a.txt")]
    [InlineData("../a.txt", "/abs/x", "/abs/a.txt")]
    [InlineData("/abs.txt", "x", "/abs.txt")]
    public void A_path_is_shown_from_where_the_user_is(string written, string shownFolder, string expected) =>
        Assert.Equal(expected, PathRules.ShownPath(written, shownFolder));
}
