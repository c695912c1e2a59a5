using System.CommandLine;
using BatchRunner.Cli.Runs.Gates;
using BatchRunner.Results;

namespace BatchRunner.Cli.CommandLines;

/// <summary>What `run` was asked for.</summary>
sealed record RunRequest
{
    public required BatchRequest Batch { get; init; }

    public required Selection Selection { get; init; }

    /// <summary>Another server than Runway, or null.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Yes was said beforehand.</summary>
    public bool IsConfirmed { get; init; }

    /// <summary>The folder is known to be new.</summary>
    public bool IsNew { get; init; }

    /// <summary>How many times faster simulated time runs.</summary>
    public decimal TimeScale { get; init; } = RunOptionSet.UsualScale;

    /// <summary>A cap below the manifest's, or null.</summary>
    public decimal? MaxCredits { get; init; }

    /// <summary>The folder was named, not a manifest: what is under way is collected, and nothing is submitted.</summary>
    public bool IsCollectOnly { get; init; }

    /// <summary>A cap on the jobs of the manifest, or null.</summary>
    public int? MaxJobs { get; init; }

    /// <summary>Jobs of each template that are made and looked at before the rest, or null: no such thing.</summary>
    public int? Canary { get; init; }

    /// <summary>The program that looks at them instead of a person, or null.</summary>
    public string? CanaryCheck { get; init; }

    /// <summary>The moderation endpoint, or null: the one in the environment, if there is one.</summary>
    public string? ModerationUrl { get; init; }

    /// <summary>What the canaries have used of the run's `max_duration`.</summary>
    public TimeSpan Used { get; init; }

    /// <summary>What is written beside results.csv.</summary>
    public ResultsWish Wish { get; init; } = new("");
}

/// <summary>The options of `run`.</summary>
sealed class RunOptionSet
{
    /// <summary>A clip of a minute takes about a second.</summary>
    public const decimal UsualScale = 50;

    readonly BatchArguments batch = new("a manifest, a plan kept by `plan --save`, or a run's folder, which is then only collected", "try it: the built-in simulator instead of Runway; no key, no money, no question");
    readonly SelectionOptions selection = new(withRetake: true);
    readonly Option<string?> baseUrl = Options.Text("--base-url", "URL", "another server that speaks the API (also RUNWAYML_BASE_URL)");
    readonly Option<bool> yes = Options.Switch("--yes", "do not ask before paying");
    readonly Option<bool> isNew = Options.Switch("--new", "with --yes, where nobody can be asked: this folder is meant to be new");
    readonly Option<decimal?> scale = Options.Number("--time-scale", "with --simulate: how many times faster than real time (50)", 0.1m, 10_000);
    readonly Option<decimal?> maxCredits = Options.Number("--max-credits", "never above this, nor above the manifest's `max_credits`", 0, 1_000_000_000);
    readonly Option<int?> maxJobs = Options.Integer("--max-jobs", "refuse a manifest with more jobs", 1);
    readonly Option<int?> canary = Options.Integer("--canary", "make the first N jobs of each template, then ask before the rest", 1);
    readonly Option<string?> canaryCheck = Options.Text(
        "--canary-check", "COMMAND", "with --canary: a program that looks at them instead; exit 0 lets the rest go on (no shell; see BATCHRUNNER_RESULTS)");

    readonly Option<string?> moderation = Options.Text(
        "--moderation-url", "URL", "have every prompt judged there before paying (OpenAI's moderation shape; also BATCHRUNNER_MODERATION_URL)");

    readonly Option<bool> jsonl = Options.Switch("--jsonl", "also results.jsonl: the columns of results.csv with their types; kept up from then on");
    readonly Option<bool> mark = Options.Switch("--bom", "results.csv begins with a byte order mark, as Excel on Windows wants it; kept from then on");
    readonly Option<string?> junit = Options.Text("--junit", "FILE", "also JUnit XML, for the test page of a CI");

    public void AddTo(Command command)
    {
        batch.AddTo(command);
        foreach (var option in new Option[] { baseUrl, yes, isNew, scale, maxCredits, maxJobs, jsonl, junit, mark, canary, canaryCheck, moderation })
        {
            command.Options.Add(option);
        }

        selection.AddTo(command);
    }

    /// <summary>What was typed, or null and what is wrong with it.</summary>
    public RunRequest? Of(ParseResult parsed, Diagnostics.DiagnosticBag problems)
    {
        var request = batch.Of(parsed);
        if (request.IsSimulated && parsed.GetValue(baseUrl) is not null)
        {
            problems.Add(UsageProblems.SimulateAndBaseUrl());
        }

        if (!request.IsSimulated && parsed.GetValue(scale) is not null)
        {
            problems.Add(UsageProblems.ScaleWithoutSimulate());
        }

        if (parsed.GetValue(canaryCheck) is not null && parsed.GetValue(canary) is null)
        {
            problems.Add(GateProblems.CheckWithoutCanary());
        }

        if (parsed.GetValue(junit) is { } report && !JUnitXml.MayWrite(report))
        {
            problems.Add(UsageProblems.JUnitOver(report));
        }

        return selection.Of(parsed, problems) is { } selected && !problems.HasErrors
            ? new RunRequest
            {
                Batch = request,
                Selection = selected,
                BaseUrl = parsed.GetValue(baseUrl),
                IsConfirmed = parsed.GetValue(yes),
                IsNew = parsed.GetValue(isNew),
                TimeScale = parsed.GetValue(scale) ?? UsualScale,
                MaxCredits = parsed.GetValue(maxCredits),
                MaxJobs = parsed.GetValue(maxJobs),
                Canary = parsed.GetValue(canary),
                CanaryCheck = parsed.GetValue(canaryCheck),
                ModerationUrl = parsed.GetValue(moderation),

                Wish = new ResultsWish("", parsed.GetValue(mark), parsed.GetValue(jsonl), parsed.GetValue(junit)),
            }
            : null;
    }
}
