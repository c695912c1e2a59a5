using System.CommandLine;
using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Planning;
using BatchRunner.Planning.Selecting;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Which jobs a command is about: one grammar for all commands.</summary>
/// <param name="Ids">Globs of job names, or empty for all.</param>
/// <param name="Only">States, or empty for all; beside them <see cref="Verdicts"/>.</param>
/// <param name="Limit">The first so many, or null.</param>
sealed record Selection(IReadOnlyList<string> Ids, IReadOnlySet<JobStatus> Only, int? Limit)
{
    /// <summary>Whether it leaves anything out at all.</summary>
    public bool IsAll =>
        Ids.Count == 0 && Only.Count == 0 && Verdicts.Count == 0 && Where is null && Sample is null && Limit is null;

    /// <summary>
    /// So many of them, spread over all; or null. The same names give the same sample, whatever is done or added. Jobs that
    /// are never sent, for a rule stops them or they share another's file, come last.
    /// </summary>
    public int? Sample { get; init; }

    /// <summary>What must be true of a job, or null.</summary>
    public JobCondition? Where { get; init; }

    /// <summary>Decisions: approved takes, and rejected ones if no later take is there. What has one of them or one of the states is meant.</summary>
    public IReadOnlySet<string> Verdicts { get; init; } = new HashSet<string>();

    /// <summary>What was said of the takes; asked only if <see cref="Verdicts"/> has any.</summary>
    public Review Review { get; init; } = Review.Empty;

    /// <summary>Not these jobs are meant, but one more take of those that are done.</summary>
    public bool IsRetake { get; init; }

    /// <summary>
    /// The user named failed, cancelled or screened jobs: that is consent to another attempt. What a word of the manifest
    /// stops stays stopped.
    /// </summary>
    public bool AsksForAnother => !IsRetake
        && (Only.Contains(JobStatus.Failed) || Only.Contains(JobStatus.Cancelled) || Only.Contains(JobStatus.Screened));

    /// <summary>The plan for these jobs only; null if there are none, or if the expression is wrong for them, which is told.</summary>
    public Plan? Of(Plan plan, DiagnosticBag problems, bool mayRepeat = true)
    {
        if (IsAll)
        {
            return plan;
        }

        var candidates = plan.Jobs.Where(job => job.IsSelected).ToList();
        if (Matching(candidates, job => (job.Spec, job.State), problems) is not { Count: > 0 } matching)
        {
            return null;
        }

        // Only of clips that are there one more take can be had, and one of each combination.
        if (IsRetake && Retakes.Possible(plan, matching) is { Count: > 0 } possible)
        {
            matching = possible;
        }

        var chosen = Narrowed(matching, job => job.Spec);
        var selected = These(chosen);
        var leftOut = chosen.Count == matching.Count ? 0
            : IsRetake ? matching.Count - chosen.Count
            : These(matching).SubmitCount - selected.SubmitCount;
        return leftOut == 0 ? selected : selected with { Narrowed = new Narrowing(Narrowest, leftOut) };

        Plan These(IReadOnlyList<PlannedJob> jobs)
        {
            var ids = jobs.Select(job => job.Spec.Id).ToHashSet(StringComparer.Ordinal);
            var these = plan.Select(job => ids.Contains(job.Spec.Id));
            return AsksForAnother && mayRepeat ? these.Retry() : these;
        }
    }

    /// <summary>Those of some jobs that are meant, in their order; null if the expression is wrong for them, which is told.</summary>
    public IReadOnlyList<T>? Among<T>(IReadOnlyList<T> jobs, Func<T, (JobSpec Spec, JobState State)> what, DiagnosticBag problems) =>
        Matching(jobs, what, problems) is { } matching ? Narrowed(matching, job => what(job).Spec) : null;

    IReadOnlyList<T>? Matching<T>(IReadOnlyList<T> jobs, Func<T, (JobSpec Spec, JobState State)> what, DiagnosticBag problems)
    {
        // Asked of all, so that a name that is wrong is told whatever else leaves out.
        var all = jobs.Select(what).ToList();
        var answers = Where?.Of([.. all.Select(job => (job.Spec, job.State.Status))], problems);
        if (Where is not null && answers is null)
        {
            return null;
        }

        var judged = Verdicts.Count == 0 ? null : new Judged(Review, all);
        return [.. jobs.Where((_, i) => answers?[i] != false && Matches(all[i], judged))];
    }

    /// <summary>In words, for a message.</summary>
    public override string ToString() => string.Join(' ', new[]
    {
        Only.Count + Verdicts.Count > 0 ? "--only " + string.Join(',', [.. Only.Select(Word), .. Verdicts]) : "",
        string.Join(' ', Ids.Select(id => "--id " + id)),
        Where is not null ? $"--where {Where}" : "",
        Narrowest,
    }.Where(part => part.Length > 0));

    string Narrowest => string.Join(' ', new[]
    {
        Sample is { } sample ? $"--sample {sample}" : "",
        Limit is { } limit ? $"--limit {limit}" : "",
    }.Where(part => part.Length > 0));

    IReadOnlyList<T> Narrowed<T>(IReadOnlyList<T> jobs, Func<T, JobSpec> spec) =>
        [.. Sampled(jobs, spec).Take(Limit ?? int.MaxValue)];

    // By a hash of the names: every n-th job would hit the same row of a short axis again and again.
    IEnumerable<T> Sampled<T>(IReadOnlyList<T> jobs, Func<T, JobSpec> spec)
    {
        if (Sample is not { } most || jobs.Count <= most)
        {
            return jobs;
        }

        var meant = jobs.Select(spec)
            .OrderBy(job => job.ScreenedBy is not null || job.SharesWith is not null)
            .ThenBy(job => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(job.Id))), StringComparer.Ordinal)
            .Take(most)
            .Select(job => job.Id)
            .ToHashSet(StringComparer.Ordinal);
        return jobs.Where(job => meant.Contains(spec(job).Id));
    }

    bool Matches((JobSpec Spec, JobState State) job, Judged? judged) =>
        (Only.Count + Verdicts.Count == 0 || Only.Contains(job.State.Status)
            || (judged?.Of(job.Spec, job.State) is { } said && Verdicts.Contains(said)))
        && (Ids.Count == 0 || Ids.Any(glob => FileSystemName.MatchesSimpleExpression(glob, job.Spec.Id, ignoreCase: true)));

    /// <summary>Every word that `--only` takes.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetValues<JobStatus>().Select(Word), Decisions.Approved, Decisions.Rejected];

    internal static string Word(JobStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>The options of a <see cref="Selection"/>.</summary>
sealed class SelectionOptions
{
    /// <summary>What `--only` takes.</summary>
    public const string States = "jobs that are planned, running, done, failed, unknown, cancelled or screened, "
        + "or whose clip is approved or rejected in the review file";

    readonly Option<string[]> only = Options.Texts(
        "--only", "STATE,…", States + "; failed and cancelled ones are submitted again, screened ones if only an endpoint flagged them");

    readonly Option<string[]> ids = Options.Texts("--id", "GLOB", "jobs by name, such as 'calm-*'");
    readonly Option<string?> where = Options.Text(
        "--where", "EXPR", "jobs of which it is true, such as \"message.lang == 'de' && take == 1\"; "
        + "reads the axes with their columns, template, take, id and status");

    readonly Option<int?> sample = Options.Integer(
        "--sample", "N of them from all over that can be sent; the same each time, so a second run makes no more (with `--only planned`: N of what is left)", 1);
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
        command.Options.Add(sample);
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
        var verdicts = new HashSet<string>();
        foreach (var word in parsed.GetValue(only) ?? [])
        {
            if (Enum.TryParse<JobStatus>(word, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(word[0]))
            {
                states.Add(status);
            }
            else if (word.ToLowerInvariant() is (Decisions.Approved or Decisions.Rejected) and var verdict)
            {
                verdicts.Add(verdict);
            }
            else
            {
                problems.Add(UsageProblems.UnknownState(word, Selection.States));
            }
        }

        var condition = parsed.GetValue(where) is { } text ? JobCondition.Parse(text, problems) : null;
        var selection = new Selection(parsed.GetValue(ids) ?? [], states, parsed.GetValue(limit))
        {
            Where = condition,
            Verdicts = verdicts,
            Sample = parsed.GetValue(sample),
            IsRetake = withRetake && parsed.GetValue(retake),
        };
        if (selection is { IsRetake: true, IsAll: true } && !problems.HasErrors)
        {
            problems.Add(UsageProblems.RetakeOfAll());
        }

        return problems.HasErrors ? null : selection;
    }
}
