using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>Under `dedupe: share`, a job that gets another's file means that other one too: the price shown is the price paid.</summary>
public sealed class SharedPriceSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public SharedPriceSpecs()
    {
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            dedupe: share
            """);
        typed.Folder.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a train table\nm03,a window\n");
    }

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    decimal Spent => ((ReadAnswer.Found)Journal.Read(new RunFolder(typed.Folder["out/ads"]))).Contents.Spent;

    [Theory]
    [InlineData("--id", "calm-m03")]
    [InlineData("--where", "message.id == 'm03'")]
    public async Task Selecting_a_sharer_alone_is_priced_asked_for_and_paid_as_the_job_it_shares(string option, string value)
    {
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", option, value));
        Assert.Contains("total             1       24    $0.24", typed.Output, StringComparison.Ordinal);

        Assert.Equal(2, await typed.Pay("", option, value));
        Assert.Contains("BR0913: this run may cost 24 credits ($0.24) at most", typed.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(typed.Folder["out"]));

        Assert.Equal(0, await typed.Pay("", "--yes", "--new", option, value));
        Assert.Equal(24m, Spent);
        Assert.Equal(0, await typed.Pay("", option, value));
        Assert.Equal(24m, Spent);
    }

    [Fact]
    public async Task So_is_one_that_only_a_limit_leaves()
    {
        typed.Folder.Write("data/messages.csv", "id,scene\nm01,a window\nm03,a window\nm02,a train table\n");
        Assert.Equal(2, await typed.Pay("", "--where", "message.id != 'm01'", "--limit", "1"));
        Assert.Contains("24 credits", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cap_below_its_price_and_a_saved_plan_hold_for_it_too()
    {
        Assert.Equal(0, await typed.Run("plan", "batch.yaml", "--id", "calm-m03", "--save", "plan.json", "--base-url", "http://127.0.0.1:1"));
        Assert.Contains("\"credits\": 24", await File.ReadAllTextAsync(typed.Folder["plan.json"], TestContext.Current.CancellationToken), StringComparison.Ordinal);

        Assert.Equal(5, await typed.Pay("", "--yes", "--new", "--id", "calm-m03", "--max-credits", "10"));
        Assert.Equal(0m, Spent);
    }
}
