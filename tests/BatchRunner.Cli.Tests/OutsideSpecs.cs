using BatchRunner.Cli.Tests.Support;

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
    public async Task A_key_that_is_refused_changes_nothing()
    {
        await using var desk = await Desk.Open("post:rst-after=#1,get:401=99x");
        await desk.Type("run batch.yaml --yes --new --limit 1");

        var said = await desk.Type($"resolve batch.yaml calm-m01 --task {Unknown}");

        Assert.Contains("BR0951: Runway refused the key", said.Errors, StringComparison.Ordinal);
        Assert.Equal(7, (await desk.Type("status batch.yaml --only unknown")).Exit);
    }
}
