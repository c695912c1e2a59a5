using System.CommandLine;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Runway.Reading;

namespace BatchRunner.Cli.CommandLines;

/// <summary>What a person says became of a lost create.</summary>
enum Verdict
{
    /// <summary>It made a task, which is named.</summary>
    Task,

    /// <summary>It cost nothing.</summary>
    NotCharged,

    /// <summary>It may have cost something, and a new one is wanted all the same.</summary>
    Resubmit,
}

/// <summary>What `resolve` was asked for.</summary>
sealed record ResolveRequest
{
    public required BatchRequest Batch { get; init; }

    public required ReachRequest Reach { get; init; }

    /// <summary>A job's name, the beginning of its key, or a pattern of names.</summary>
    public required string Job { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>With <see cref="Verdict.Task"/>.</summary>
    public TaskId? Task { get; init; }

    /// <summary>Yes was said beforehand.</summary>
    public bool IsConfirmed { get; init; }

    public bool IsPattern => JobSearch.IsPattern(Job);
}

/// <summary>The arguments and options of `resolve`.</summary>
sealed class ResolveOptions
{
    readonly BatchArguments batch = new("a manifest, a saved plan, or the folder of a run");
    readonly ReachOptions reach = new();
    readonly Argument<string> job = new("JOB") { Description = $"the unknown job: its name, or the first {JobSearch.LeastKey} digits of its key or more; or a pattern such as 'calm-*'" };
    readonly Option<string?> task = Options.Text("--task", "ID", "the create made this task: it is asked for, and collected by the next run");
    readonly Option<bool> notCharged = Options.Switch("--not-charged", "the create cost nothing: its reservation is given back, and those of lost creates it was submitted again after");
    readonly Option<bool> resubmit = Options.Switch("--resubmit", "submit it again although it may be paid twice; its reservation stays");
    readonly Option<bool> yes = Options.Switch("--yes", "do not ask");

    public void AddTo(Command command)
    {
        batch.AddTo(command, withCatalogue: false);
        command.Arguments.Add(job);
        foreach (var option in new Option[] { task, notCharged, resubmit, yes })
        {
            command.Options.Add(option);
        }

        reach.AddTo(command);
    }

    /// <summary>What was typed, or null and what is wrong with it.</summary>
    public ResolveRequest? Of(ParseResult parsed, DiagnosticBag problems)
    {
        var text = parsed.GetValue(task);
        // An option in its place was not meant: `--task --yes` lacks the id.
        var id = text?.StartsWith('-') == true ? null : TaskIds.Of(text);
        var given = new[] { text is not null, parsed.GetValue(notCharged), parsed.GetValue(resubmit) };
        var word = parsed.GetRequiredValue(job);
        if (given.Count(one => one) != 1)
        {
            problems.Add(SettlingProblems.OneWay(given.Count(one => one)));
        }
        else if (text is not null && id is null)
        {
            problems.Add(SettlingProblems.BadTaskId(text));
        }
        else if (text is not null && JobSearch.IsPattern(word))
        {
            problems.Add(SettlingProblems.PatternForTask(word));
        }

        return problems.HasErrors ? null : new ResolveRequest
        {
            Batch = batch.Of(parsed),
            Reach = reach.Of(parsed),
            Job = word,
            Verdict = (Verdict)Array.IndexOf(given, true),
            Task = id,
            IsConfirmed = parsed.GetValue(yes),
        };
    }
}
