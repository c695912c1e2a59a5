using System.CommandLine;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>What `cancel` was asked for.</summary>
sealed record CancelRequest
{
    public required BatchRequest Batch { get; init; }

    public required ReachRequest Reach { get; init; }

    /// <summary>Names, beginnings of keys or patterns; empty: every job.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    public required Selection Selection { get; init; }

    /// <summary>Yes was said beforehand.</summary>
    public bool IsConfirmed { get; init; }
}

/// <summary>The arguments and options of `cancel`.</summary>
sealed class CancelOptions
{
    readonly BatchArguments batch = new("a manifest, a saved plan, or the folder of a run");
    readonly ReachOptions reach = new();
    readonly SelectionOptions selection = new("jobs that are planned, running, done, failed, unknown, cancelled or screened; only running ones can be cancelled");
    readonly Option<bool> yes = Options.Switch("--yes", "do not ask");
    readonly Argument<string[]> jobs = new("JOB")
    {
        Description = "jobs by name, by the beginning of their key, or by a pattern such as 'calm-*'; without any: every running job",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public void AddTo(Command command)
    {
        batch.AddTo(command, withCatalogue: false);
        command.Arguments.Add(jobs);
        selection.AddTo(command);
        command.Options.Add(yes);
        reach.AddTo(command);
    }

    /// <summary>What was typed, or null and what is wrong with it.</summary>
    public CancelRequest? Of(ParseResult parsed, DiagnosticBag problems) => selection.Of(parsed, problems) is { } selected
        ? new CancelRequest
        {
            Batch = batch.Of(parsed),
            Reach = reach.Of(parsed),
            Jobs = parsed.GetValue(jobs) ?? [],
            Selection = selected,
            IsConfirmed = parsed.GetValue(yes),
        }
        : null;
}
