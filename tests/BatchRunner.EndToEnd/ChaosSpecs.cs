using System.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

/// <summary>A bounded part of the chaos campaigns: a few kills, stops, faults, failing disks, races and damaged journals.</summary>
public sealed class ChaosSpecs
{
    [Theory]
    [InlineData("locks --count 1 --seed 1")]
    [InlineData("stops --count 2 --jobs 20 --seed 1")]
    [InlineData("faults --jobs 16 --seed 3")]
    [InlineData("journal --records 60 --step 64 --seed 1")]
    public Task No_invariant_breaks_by(string campaign) => Hold(campaign);

    [Theory]
    [InlineData("kills --count 4 --jobs 20 --seed 2")]
    [InlineData("errors --count 3 --most 3 --seed 1")]
    public Task No_invariant_breaks_at_a_call_of_the_system_by(string campaign)
    {
        Assert.SkipWhen(Tools.Find("strace") is null, "strace is not installed");
        return Hold(campaign);
    }

    static async Task Hold(string campaign)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "signals and kill -9 are needed");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "BatchRunner.Chaos.dll"));
        foreach (var word in campaign.Split(' '))
        {
            start.ArgumentList.Add(word);
        }

        var cancel = TestContext.Current.CancellationToken;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancel);
            var errors = process.StandardError.ReadToEndAsync(cancel);
            await process.WaitForExitAsync(cancel).WaitAsync(TimeSpan.FromMinutes(5), TimeProvider.System, cancel);
            Assert.True(process.ExitCode == 0, $"{campaign}: exit {process.ExitCode}\n{await output}\n{await errors}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
