using System.CommandLine;
using System.IO.Enumeration;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Planning;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Which jobs a command is about: one grammar for all commands.</summary>
/// <param name="Ids">Globs of job names, or empty for all.</param>
/// <param name="Only">States, or empty for all.</param>
/// <param name="Limit">The first so many, or null.</param>
sealed record Selection(IReadOnlyList<string> Ids, IReadOnlySet<JobStatus> Only, int? Limit)
{
    /// <summary>Whether it leaves anything out at all.</summary>
    public bool IsAll => Ids.Count == 0 && Only.Count == 0 && Limit is null;

    /// <summary>The user named failed or cancelled jobs: that is consent to another attempt.</summary>
    public bool AsksForAnother => Only.Contains(JobStatus.Failed) || Only.Contains(JobStatus.Cancelled);

    /// <summary>The plan for these jobs only; null if there are none.</summary>
    public Plan? Of(Plan plan)
    {
        if (IsAll)
        {
            return plan;
        }

        var left = Limit ?? int.MaxValue;
        var selected = plan.Select(job => Matches(job.Spec.Id, job.State.Status) && left-- > 0);
        return selected.Jobs.Any(job => job.IsSelected) ? AsksForAnother ? selected.Retry() : selected : null;
    }

    /// <summary>In words, for a message.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Only.Count > 0 ? "--only " + string.Join(',', Only.Select(Word)) : "",
        string.Join(' ', Ids.Select(id => "--id " + id)),
        Limit is { } limit ? $"--limit {limit}" : "",
    }.Where(part => part.Length > 0));

    /// <summary>Whether it means a job, the limit apart.</summary>
    public bool Matches(string id, JobStatus status) =>
        (Only.Count == 0 || Only.Contains(status))
        && (Ids.Count == 0 || Ids.Any(glob => FileSystemName.MatchesSimpleExpression(glob, id, ignoreCase: true)));

    internal static string Word(JobStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>The options of a <see cref="Selection"/>.</summary>
sealed class SelectionOptions
{
    readonly Option<string[]> only = Options.Texts(
        "--only", "STATE,…", "jobs that are planned, running, done, failed, unknown, cancelled or screened; "
        + "failed and cancelled ones are submitted again");

    readonly Option<string[]> ids = Options.Texts("--id", "GLOB", "jobs by name, such as 'calm-*'");
    readonly Option<int?> limit = Options.Integer("--limit", "the first N of them", 1);

    public SelectionOptions(string? only = null) => this.only.Description = only ?? this.only.Description;

    public void AddTo(Command command)
    {
        command.Options.Add(only);
        command.Options.Add(ids);
        command.Options.Add(limit);
    }

    /// <summary>What was typed, or null and what is wrong with it.</summary>
    public Selection? Of(ParseResult parsed, DiagnosticBag problems)
    {
        var states = new HashSet<JobStatus>();
        foreach (var word in parsed.GetValue(only) ?? [])
        {
            if (Enum.TryParse<JobStatus>(word, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(word[0]))
            {
                states.Add(status);
            }
            else
            {
                problems.Add(UsageProblems.UnknownState(word, Enum.GetValues<JobStatus>().Select(Selection.Word)));
            }
        }

        return problems.HasErrors ? null : new Selection(parsed.GetValue(ids) ?? [], states, parsed.GetValue(limit));
    }
}
