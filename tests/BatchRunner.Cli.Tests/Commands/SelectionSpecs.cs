using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>One selection grammar: the same options mean the same jobs wherever jobs are chosen.</summary>
public sealed class SelectionSpecs
{
    static readonly string[] Grammar = ["--id", "--limit", "--only", "--sample", "--where"];

    [Fact]
    public async Task Plan_run_status_report_and_cancel_have_the_same_options()
    {
        await using var desk = await Desk.Open();
        using var interrupts = new Interrupts();
        var outside = new Surroundings
        {
            Output = TextWriter.Null, Error = TextWriter.Null, Variable = _ => null, Time = TimeProvider.System, Interrupts = interrupts,
        };
        var commands = CommandLine.Build(new Manner(), outside).Subcommands.ToDictionary(command => command.Name);

        // What `--only` does to a job is each command's own; everything else is said once.
        var grammars = new[] { "plan", "run", "status", "report", "cancel" }.Select(name => string.Join('\n', commands[name].Options
            .Where(option => Grammar.Contains(option.Name)).OrderBy(option => option.Name, StringComparer.Ordinal)
            .Select(option => $"{option.Name} {option.HelpName} {(option.Name == "--only" ? "" : option.Description)}"))).ToList();

        Assert.Equal(Grammar.Length, grammars[0].Split('\n').Length);
        Assert.All(grammars, grammar => Assert.Equal(grammars[0], grammar));
        foreach (var command in new[] { "plan batch.yaml", "run batch.yaml", "status batch.yaml", "report batch.yaml", "cancel batch.yaml" })
        {
            var wrong = await desk.Type($"{command} --only finished --where message.( --sample 0");
            Assert.True(wrong.Exit == 2, wrong.ToString());
            var state = await desk.Type($"{command} --only finished");
            Assert.Contains("BR0926: `--only` has `finished`", state.Errors, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--id *m01,*m03", 2)]
    [InlineData("--where message.id!='m02'", 2)]
    [InlineData("--sample 2", 2)]
    [InlineData("--only done --limit 1", 1)]
    [InlineData("--id calm-* --where take==1 --sample 2 --limit 1", 1)]
    [InlineData("--where false", 0)]
    public async Task A_selection_means_the_same_jobs_to_all(string selection, int count)
    {
        await using var desk = await Desk.Open();
        Assert.Equal(0, (await desk.Type("run batch.yaml --simulate --time-scale 1000")).Exit);

        var plan = await desk.Type($"plan batch.yaml --simulate --json {selection}");
        var status = await desk.Type($"status out/ads.simulated --json {selection}");
        var report = await desk.Type($"report batch.yaml --simulate {selection}");
        var page = await File.ReadAllTextAsync(desk.Folder["out/ads.simulated/report.html"], TestContext.Current.CancellationToken);
        var run = await desk.Type($"run batch.yaml --simulate --json {selection}");
        var cancel = await desk.Type($"cancel out/ads.simulated --yes {selection}");

        var jobs = Jobs(plan);
        Assert.Equal(count, jobs.Count);
        Assert.Equal(jobs, Jobs(status));
        string[] all = ["calm-m01", "calm-m02", "calm-m03"];
        Assert.All(all, job => Assert.Equal(
            count == 0 || jobs.Contains(job), page.Contains($"\"{job}\"", StringComparison.Ordinal)));
        Assert.All([plan.Exit, status.Exit, report.Exit, run.Exit], exit => Assert.Equal(count == 0 ? 4 : 0, exit));
        Assert.Equal(4, cancel.Exit);
        Assert.Contains(
            count switch { 0 => "BR0930", 1 => $"BR0954: `{jobs.FirstOrDefault()}` is done", _ => $"BR0954: none of the {count} jobs" },
            cancel.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_submits_the_sample_its_plan_showed()
    {
        await using var desk = await Desk.Open();

        var planned = Jobs(await desk.Type("plan batch.yaml --simulate --json --sample 2"));
        var run = await desk.Type("run batch.yaml --simulate --time-scale 1000 --sample 2");
        var done = Jobs(await desk.Type("status batch.yaml --simulate --json --only done"));

        Assert.True(run.Exit == 0, run.ToString());
        Assert.Equal(2, planned.Count);
        Assert.Equal(planned, done);
        Assert.Equal(planned, Jobs(await desk.Type("plan batch.yaml --simulate --json --sample 2")));
    }

    static List<string?> Jobs(Said said) => [.. said.Lines
        .Where(line => line.GetProperty("type").GetString() == "job").Select(line => line.GetProperty("job").GetString())];

    [Fact]
    public async Task A_sample_is_of_jobs_that_can_be_sent_and_stays_the_same_when_they_are_done()
    {
        await using var desk = await Desk.Open();
        var text = await File.ReadAllTextAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("data/messages.csv", "id,scene\n" + string.Concat(Enumerable.Range(1, 12).Select(i => $"m{i:00},a {(i % 3 == 0 ? "lamp" : "gun")} {i}\n")));
        desk.Folder.Write("batch.yaml", text + "\nscreening: { deny: [ gun ] }\n");
        const string Sample = "batch.yaml --simulate --json --sample 3";

        var planned = Jobs(await desk.Type("plan " + Sample));
        var more = await desk.Type("plan batch.yaml --simulate --json --sample 6");
        Assert.Equal(0, (await desk.Type("run batch.yaml --simulate --time-scale 1000 --sample 3")).Exit);
        var again = await desk.Type("plan " + Sample);

        Assert.Equal(3, planned.Count);
        Assert.Subset(new HashSet<string> { "calm-m03", "calm-m06", "calm-m09", "calm-m12" }, planned.OfType<string>().ToHashSet());
        Assert.Equal((6, 4), (Jobs(more).Count, more.Lines[^1].GetProperty("submit").GetInt32()));
        Assert.Equal(planned, Jobs(again));
        Assert.Equal(0, again.Lines[^1].GetProperty("submit").GetInt32());
    }

    [Fact]
    public async Task What_a_limit_leaves_out_is_said_by_plan_and_run()
    {
        await using var desk = await Desk.Open();

        var plan = await desk.Type("plan batch.yaml --simulate --limit 1");
        var run = await desk.Type("run batch.yaml --simulate --time-scale 1000 --id *m01,*m02 --limit 1");
        var all = await desk.Type("plan batch.yaml --simulate --limit 3");

        Assert.Contains("\n`--limit 1` leaves out 2 more jobs\n", plan.Output, StringComparison.Ordinal);
        Assert.Contains("`--limit 1` leaves out 1 more job\n", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("leaves out", all.Output, StringComparison.Ordinal);
    }
}
