using System.Diagnostics;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.World;

public sealed class GitCheckoutSpecs : IDisposable
{
    readonly TempFolder temp = new();
    readonly Interrupts interrupts = new();

    public void Dispose()
    {
        interrupts.Dispose();
        temp.Dispose();
    }

    [Fact]
    public async Task The_commit_is_told_and_whether_a_file_is_as_it_is_in_it()
    {
        var file = Repository();

        var clean = await Look(file);
        temp.Write("repo/other.txt", "changed, but nothing was made from it");
        var beside = await Look(file);
        temp.Write("repo/batch.yaml", "version: 1\r\n");
        var lineEnds = await Look(file);
        temp.Write("repo/batch.yaml", "version: 2\n");
        var changed = await Look(file);
        var untracked = await Look(temp.Write("repo/new.csv", "id\n"));

        Assert.Equal(40, clean?.Commit.Length);
        Assert.Equal((false, false, false, true, true), (clean?.IsDirty, beside?.IsDirty, lineEnds?.IsDirty, changed?.IsDirty, untracked?.IsDirty));
    }

    [Fact]
    public async Task A_folder_outside_of_git_and_one_without_a_commit_have_none()
    {
        Skip();
        Assert.Null(await Look(temp.Write("plain/batch.yaml", "version: 1\n")));
        Directory.CreateDirectory(temp["empty"]);
        Git("empty", "init", "-q");
        Assert.Null(await Look(temp.Write("empty/batch.yaml", "version: 1\n")));
    }

    [Fact]
    public async Task Nothing_that_a_stranger_s_repository_names_is_run()
    {
        var file = Repository();
        var trap = temp.Write("trap.sh", $"#!/bin/sh\necho sprung >> '{temp["sprung"]}'\ncat\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(trap, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var name in new[] { "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "filter.x.clean", "filter.x.smudge",
            "filter.x.process", "diff.external", "diff.x.textconv", "credential.helper", "uploadpack.packObjectsHook", "gpg.program" })
        {
            Git("repo", "config", name, trap);
        }

        Git("repo", "config", "core.hooksPath", temp.FullPath);
        Git("repo", "config", "filter.x.required", "true");
        temp.Write("repo/.git/info/attributes", "* filter=x diff=x\n");
        temp.Write("repo/.gitattributes", "* filter=x diff=x\n");
        temp.Write("repo/batch.yaml", "version: 3\n");

        var found = await Look(file);

        Assert.True(found?.IsDirty);
        Assert.False(File.Exists(temp["sprung"]));
    }

    static void Skip()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the trap is a shell's");
        Assert.SkipWhen(Tools.Find("git") is null, "`git` is not installed");
    }

    string Repository()
    {
        Skip();
        var file = temp.Write("repo/batch.yaml", "version: 1\n");
        temp.Write("repo/other.txt", "other\n");
        Git("repo", "init", "-q");
        Git("repo", "add", ".");
        Git("repo", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "first");
        return file;
    }

    void Git(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tools.Find("git") ?? "git", arguments) { WorkingDirectory = temp[folder] };
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        start.Environment["GIT_CEILING_DIRECTORIES"] = temp.FullPath;
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    Task<(string Commit, bool? IsDirty)?> Look(string file) => GitCheckout.Of(Path.GetDirectoryName(file) ?? "", [file], new Surroundings
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        Variable = Environment.GetEnvironmentVariable,
        Time = TimeProvider.System,
        Interrupts = interrupts,
    });
}
