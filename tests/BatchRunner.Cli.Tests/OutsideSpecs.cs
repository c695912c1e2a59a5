using System.Globalization;
using System.Net;
using System.Net.Sockets;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Journaling;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Cli.Tests;

/// <summary>Mistakes that need a world that is broken or busy: what is told, and that nothing is paid.</summary>
public sealed class OutsideSpecs
{
    const string LoseTheSecond = "post:rst-after=#2";
    const string Unknown = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    [Fact]
    public async Task A_price_that_rose_while_somebody_thought_about_it_is_not_paid()
    {
        await using var desk = await Desk.Open(LoseTheSecond);
        Assert.Equal(7, (await desk.Type("run batch.yaml --yes --new --limit 2")).Exit);
        desk.Answer = "y";

        // Meanwhile the lost create turns out to have cost nothing, so there are two jobs to pay for instead of one.
        desk.When = ("total ", _ => desk.Type("resolve batch.yaml calm-m02 --not-charged").GetAwaiter().GetResult());
        var said = await desk.Type("run batch.yaml");

        Assert.Equal(2, said.Exit);
        Assert.Contains("BR0916: another run ended meanwhile, and this one may now cost 48 credits ($0.48) instead of 24 credits ($0.24)", said.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await desk.Charges()).Count);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await using var desk = await Desk.Open();

        var said = await desk.Type($"simulate --port {((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}");

        Assert.Equal(2, said.Exit);
        Assert.Contains("BR0925: port ", said.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_of_another_job_is_doubted()
    {
        await using var desk = await Desk.Open("post:rst-after=#3");
        desk.Folder.Write("other.yaml", """
            version: 1
            name: others
            templates: { calm: rain on a roof }
            request: { model: veo3.1, ratio: "1280:720", duration: 4 }
            """);
        await desk.Type("run other.yaml --yes --new");
        var foreign = (await desk.Charges())[0];
        await desk.Type("run batch.yaml --yes --new --limit 2");

        var said = await desk.Type($"resolve batch.yaml calm-m02 --task {foreign}");

        Assert.Equal(2, said.Exit);
        Assert.Contains($"BR0947: task `{foreign}` does not look like `calm-m02`'s", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("get:401=99x", "BR0951: Runway refused the key")]
    [InlineData("get:500=99x", "BR0952: task `" + Unknown + "` could not be asked for")]
    public async Task A_server_that_refuses_or_fails_changes_nothing(string fault, string told)
    {
        await using var desk = await Desk.Open("post:rst-after=#1," + fault);
        await desk.Type("run batch.yaml --yes --new --limit 1");

        var said = await desk.Type($"resolve batch.yaml calm-m01 --task {Unknown}");

        Assert.Contains(told, said.Errors, StringComparison.Ordinal);
        Assert.Equal(7, (await desk.Type("status batch.yaml --only unknown")).Exit);
    }

    [Fact]
    public async Task A_journal_that_can_t_be_read_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a file that is there and gives nothing is made of a device here");
        await using var desk = await Desk.Open();
        Directory.CreateDirectory(desk.Folder["out/ads/.batchrunner"]);
        File.CreateSymbolicLink(desk.Folder["out/ads/.batchrunner/journal.jsonl"], "/proc/self/mem");

        var said = await desk.Type("status batch.yaml");

        Assert.Equal(11, said.Exit);
        Assert.Contains("BR0810: ", said.Errors, StringComparison.Ordinal);
    }

    // A network file system without locks, and a disk that fails in the middle of a command: neither can be had here. That
    // the engine notices both is held by the specs of the lock and of the resolver; here, that it is told with a way out.
    [Fact]
    public void What_no_test_can_break_is_at_least_worded()
    {
        Assert.Equal(("BR0806", true), (JournalProblems.NotEnforced("out").Code, JournalProblems.NotEnforced("out").Hint is not null));
        Assert.Equal("BR0993", ReviewProblems.NotWritten("ads.review.csv", "no space left").Code);
        Assert.Equal("BR0953: `out` can't be written: no space left", $"{SettlingProblems.NotSaved("out", "no space left").Code}: {SettlingProblems.NotSaved("out", "no space left").Message}");
    }
}
