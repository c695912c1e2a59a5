using BatchRunner.Templating.Attacks;

namespace BatchRunner.Templating.Tests.Attacks;

/// <summary>No template brings the process down, runs for long, or takes much memory.</summary>
public sealed class AttackSpecs
{
    const int GeneratedCount = 3_000;
    const int Seed = 7;

    static IReadOnlyList<string> Known => AttackCorpus.Read(Path.Combine(AppContext.BaseDirectory, "Attacks", "attacks.txt"));

    [Fact]
    public void No_written_attack_gets_through()
    {
        Assert.True(Known.Count >= 100);
        Assert.Empty(Failures(Known));
    }

    [Fact]
    public void No_generated_attack_gets_through()
    {
        var generator = new AttackGenerator(Seed, Known);

        Assert.Empty(Failures(Enumerable.Range(0, GeneratedCount).Select(_ => generator.Next())));
    }

    static List<string> Failures(IEnumerable<string> attacks)
    {
        var failures = new List<string>();
        var thread = new Thread(
            () => failures.AddRange(attacks.Select(a => (a, AttackRun.Try(a).Wrong)).Where(r => r.Wrong is not null).Select(r => $"{r.Wrong}: {r.a}")),
            AttackRun.StackBytes);
        thread.Start();
        thread.Join();
        return failures;
    }
}
