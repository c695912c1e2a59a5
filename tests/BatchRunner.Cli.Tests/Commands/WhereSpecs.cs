using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`--where` from the journal: the manifest may be gone, and the columns are still known.</summary>
public sealed class WhereSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task Run_submits_what_it_is_true_of_and_status_and_report_ask_the_journal_alone()
    {
        string[] simulated = ["--simulate", "--time-scale", "200"];
        Assert.Equal(0, await typed.Run(["run", "batch.yaml", .. simulated, "--where", "message.scene == 'a window' || id == 'calm-m03'"]));
        Assert.Contains("2 of 2 jobs done", typed.Errors, StringComparison.Ordinal);
        File.Delete(typed.Folder["batch.yaml"]);
        const string Folder = "out/ads.simulated";

        Assert.Equal(0, await typed.Run("status", Folder, "--where", "status == 'done'", "--json"));
        Assert.Equal(7, await typed.Run("status", Folder, "--where", "message.scene == 'a train table'", "--json"));
        Assert.Contains("calm-m02", typed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("calm-m01", typed.Output, StringComparison.Ordinal);
        Assert.Equal(4, await typed.Run("status", Folder, "--where", "message.scene == 'no such'"));
        Assert.Equal(2, await typed.Run("status", Folder, "--where", "message.scen == 'a window'"));
        Assert.Contains("did you mean `scene`?", typed.Errors, StringComparison.Ordinal);

        Assert.Equal(0, await typed.Run("report", Folder, "--where", "id == 'calm-m03'"));
        var page = await File.ReadAllTextAsync(typed.Folder[Folder + "/report.html"], TestContext.Current.CancellationToken);
        Assert.Contains("calm-m03", page, StringComparison.Ordinal);
        Assert.DoesNotContain("calm-m01", page, StringComparison.Ordinal);
        Assert.Equal(4, await typed.Run("report", Folder, "--where", "false"));
    }
}
