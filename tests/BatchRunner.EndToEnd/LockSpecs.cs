using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

public sealed class LockSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task Removing_the_lock_s_file_as_stale_lets_nobody_in()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a held file can't be removed there");
        var folder = Repository.CopyExample("explainer-chunks", temp.FullPath);
        var run = Path.Combine(folder, "out", "explainer-chunks.simulated");
        using var first = Command.Start(folder, null, "run", "batch.yaml", "--simulate", "--time-scale", "20");
        await first.Says("submitted");

        File.Delete(Path.Combine(run, ".batchrunner", "lock"));
        var second = await Command.Run(folder, null, "run", "batch.yaml", "--simulate", "--time-scale", "20");

        Assert.True(second.Exit == 9, second.ToString());
        first.Kill();
    }

    [Fact]
    public async Task Where_locks_keep_nobody_out_nothing_is_begun()
    {
        var folder = Repository.CopyExample("explainer-chunks", temp.FullPath);

        var ended = await Command.Run(
            folder, new Dictionary<string, string> { ["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1" }, "run", "batch.yaml", "--simulate");

        Assert.True(ended.Exit == 11, ended.ToString());
        Assert.Contains("BR0806: ", ended.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(folder, "out", "explainer-chunks.simulated", ".batchrunner", "journal.jsonl")));
    }
}
