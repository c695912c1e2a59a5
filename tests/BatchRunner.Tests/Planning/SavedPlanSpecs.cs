using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Planning;
using BatchRunner.Planning.Saved;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Planning;

/// <summary>A saved plan as text: what is written is read, and what was not written is refused with its place.</summary>
public sealed class SavedPlanSpecs : IDisposable
{
    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    static SavedPlan Example => new()
    {
        Name = "ads",
        Manifest = "../Müller's <shop>/batch.yaml",
        Folder = "out/ads",
        Against = "simulator",
        Journal = "0123",
        ManifestJobs = 9,
        Inputs = [new SavedInput("../Müller's <shop>/batch.yaml", Hash('1')), new SavedInput("hero.png", Hash('2'))],
        Jobs =
        [
            new SavedJob("a", PlanAction.New, 1, 12.5m, new JobKey(Hash('a'))),
            new SavedJob("b", PlanAction.Changed, 1, null, new JobKey(Hash('b'))),
            new SavedJob("c", PlanAction.Again, 3, 0m, new JobKey(Hash('c'))),
            new SavedJob("d", PlanAction.PickedUp, 1, null, new JobKey(Hash('d'))),
        ],
    };

    static string Hash(char digit) => new(digit, 64);

    (SavedPlan? Plan, DiagnosticBag Problems) Read(byte[] bytes)
    {
        var path = folder["plan.json"];
        File.WriteAllBytes(path, bytes);
        var problems = new DiagnosticBag();
        return (SavedPlanReader.Read(new SourceFile("plan.json", path), problems), problems);
    }

    [Fact]
    public void What_is_written_is_read()
    {
        var bytes = SavedPlanText.Of(Example);

        var (plan, problems) = Read(bytes);

        Assert.Empty(problems);
        Assert.NotNull(plan);
        Assert.Equal(Example.Jobs, plan.Jobs);
        Assert.Equal(Example.Inputs, plan.Inputs);
        Assert.Equal(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(SavedPlanText.Of(plan)));
    }

    [Fact]
    public void A_damaged_plan_is_a_plan_or_a_mistake_with_a_place()
    {
        var dice = new Random(20261121);
        var whole = SavedPlanText.Of(Example);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = whole.ToArray();
            for (var n = dice.Next(3); n >= 0; n--)
            {
                bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
            }

            if (dice.Next(4) == 0)
            {
                bytes = bytes[..dice.Next(bytes.Length)];
            }

            var (plan, problems) = Read(bytes);

            Assert.Equal(plan is null, problems.HasErrors);
            Assert.All(problems, problem => Assert.NotNull(problem.Place));
        }
    }

    [Fact]
    public void Depth_and_size_are_bounded()
    {
        var deep = Read(Encoding.UTF8.GetBytes(new string('[', 100_000)));
        Assert.Equal("BR0301", Assert.Single(deep.Problems).Code);

        var large = Read(new byte[SavedPlan.MaxBytes + 1]);
        Assert.Null(large.Plan);
        Assert.Contains("33 554 432 bytes", Assert.Single(large.Problems).Message, StringComparison.Ordinal);
    }
}
