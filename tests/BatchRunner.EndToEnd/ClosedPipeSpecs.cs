using System.Diagnostics;
using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

public sealed class ClosedPipeSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Theory]
    [InlineData("--json 2>&1")]
    [InlineData("2>&1 >/dev/null")]
    public async Task A_reader_that_leaves_stops_no_run(string streams)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a shell of the other kind");
        var folder = Repository.CopyExample("explainer-chunks", temp.FullPath);
        using var shell = Process.Start(new ProcessStartInfo("bash")
        {
            WorkingDirectory = folder,
            ArgumentList = { "-c", $"dotnet {Repository.Program} run batch.yaml --simulate --time-scale 100 {streams} | head -n 3; exit ${{PIPESTATUS[0]}}" },
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        }) ?? throw new InvalidOperationException("no shell");

        await shell.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);

        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(12, Directory.GetFiles(Path.Combine(folder, "out", "explainer-chunks.simulated"), "*.mp4", SearchOption.AllDirectories).Length);
    }
}
