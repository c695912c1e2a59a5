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
        Assert.Contains("BR0916: the folder has changed meanwhile, and this run may now cost 48 credits ($0.48) instead of 24 credits ($0.24)", said.Errors, StringComparison.Ordinal);
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
    public async Task A_key_that_is_refused_changes_nothing()
    {
        await using var desk = await Desk.Open("post:rst-after=#1,get:401=99x");
        await desk.Type("run batch.yaml --yes --new --limit 1");

        var said = await desk.Type($"resolve batch.yaml calm-m01 --task {Unknown}");

        Assert.Contains("BR0951: Runway refused the key", said.Errors, StringComparison.Ordinal);
        Assert.Equal(7, (await desk.Type("status batch.yaml --only unknown")).Exit);
    }

    // A network file system without locks, a disk that fails in the middle of a command, a task that only looks like another:
    // that the engine notices them is held by the specs of the lock, the journal and the resolver; here, how it is told.
    [Fact]
    public void What_no_test_can_break_is_at_least_worded()
    {
        Assert.Equal(("BR0806", true), (JournalProblems.NotEnforced("out").Code, JournalProblems.NotEnforced("out").Hint is not null));
        Assert.Equal("BR0810", JournalProblems.Unreadable("journal.jsonl", "input/output error").Code);
        Assert.Equal("BR0947", SettlingProblems.Doubtful("t", "calm-m01", ["it was made before"]).Code);
        Assert.Equal("BR0952", SettlingProblems.NotAsked("t", "it answered 500").Code);
        Assert.Equal("BR0994", ReviewProblems.NotReadable("ads.review.csv", "input/output error").Code);
        Assert.Equal("BR0993", ReviewProblems.NotWritten("ads.review.csv", "no space left").Code);
        Assert.Equal("BR0953: `out` can't be written: no space left", $"{SettlingProblems.NotSaved("out", "no space left").Code}: {SettlingProblems.NotSaved("out", "no space left").Message}");
    }
}
