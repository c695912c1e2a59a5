using System.CommandLine;
using System.IO.Enumeration;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Planning;
using BatchRunner.Planning.Selecting;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Which jobs a command is about: one grammar for all commands.</summary>
/// <param name="Ids">Globs of job names, or empty for all.</param>
/// <param name="Only">States, or empty for all.</param>
/// <param name="Limit">The first so many, or null.</param>
sealed record Selection(IReadOnlyList<string> Ids, IReadOnlySet<JobStatus> Only, int? Limit)
{
    /// <summary>Whether it leaves anything out at all.</summary>
    public bool IsAll => Ids.Count == 0 && Only.Count == 0 && Where is null && Limit is null;

    /// <summary>What must be true of a job, or null.</summary>
    public JobCondition? Where { get; init; }

    /// <summary>Not these jobs are meant, but one more take of those that are done.</summary>
    public bool IsRetake { get; init; }

    /// <summary>The user named failed or cancelled jobs: that is consent to another attempt.</summary>
    public bool AsksForAnother => !IsRetake && (Only.Contains(JobStatus.Failed) || Only.Contains(JobStatus.Cancelled));

    /// <summary>The plan for these jobs only; null if there are none, or if the expression is wrong for them, which is told.</summary>
    public Plan? Of(Plan plan, DiagnosticBag problems, bool mayRepeat = true)
    {
        if (IsAll)
        {
            return plan;
        }

        var candidates = plan.Jobs.Where(job => job.IsSelected).ToList();
        if (Among(candidates, job => (job.Spec, job.State.Status), problems) is not { Count: > 0 } chosen)
        {
            return null;
        }

        var ids = chosen.Select(job => job.Spec.Id).ToHashSet(StringComparer.Ordinal);
        var selected = plan.Select(job => ids.Contains(job.Spec.Id));
        return AsksForAnother && mayRepeat ? selected.Retry() : selected;
    }

    /// <summary>Those of some jobs that are meant, in their order; null if the expression is wrong for them, which is told.</summary>
    public IReadOnlyList<T>? Among<T>(IReadOnlyList<T> jobs, Func<T, (JobSpec Spec, JobStatus Status)> what, DiagnosticBag problems)
    {
        // Asked of all, so that a name that is wrong is told whatever else leaves out.
        var answers = Where?.Of([.. jobs.Select(what)], problems);
        return Where is not null && answers is null
            ? null
            : [.. jobs.Where((job, i) => answers?[i] != false && Matches(what(job).Spec.Id, what(job).Status)).Take(Limit ?? int.MaxValue)];
    }

    /// <summary>In words, for a message.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Only.Count > 0 ? "--only " + string.Join(',', Only.Select(Word)) : "",
        string.Join(' ', Ids.Select(id => "--id " + id)),
        Where is not null ? $"--where {Where}" : "",
        Limit is { } limit ? $"--limit {limit}" : "",
    }.Where(part => part.Length > 0));

    bool Matches(string id, JobStatus status) =>
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
    readonly Option<string?> where = Options.Text(
        "--where", "EXPR", "jobs of which it is true, such as \"message.lang == 'de' && take == 1\"; "
        + "reads the axes with their columns, template, take, id and status");

    readonly Option<int?> limit = Options.Integer("--limit", "the first N of them", 1);

    readonly Option<bool> retake = Options.Switch("--retake", "one more take of those that are done; what they have stays");
    readonly bool withRetake;

    /// <param name="only">What `--only` is said to do, if it is not to submit again.</param>
    /// <param name="withRetake">The command knows `--retake`.</param>
    public SelectionOptions(string? only = null, bool withRetake = false)
    {
        this.only.Description = only ?? this.only.Description;
        this.withRetake = withRetake;
    }

    public void AddTo(Command command)
    {
        command.Options.Add(only);
        command.Options.Add(ids);
        command.Options.Add(where);
        command.Options.Add(limit);
        if (withRetake)
        {
            command.Options.Add(retake);
        }
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

        var condition = parsed.GetValue(where) is { } text ? JobCondition.Parse(text, problems) : null;
        var selection = new Selection(parsed.GetValue(ids) ?? [], states, parsed.GetValue(limit))
        {
            Where = condition,
            IsRetake = withRetake && parsed.GetValue(retake),
        };
        if (selection is { IsRetake: true, IsAll: true } && !problems.HasErrors)
        {
            problems.Add(UsageProblems.RetakeOfAll());
        }

        return problems.HasErrors ? null : selection;
    }
}
