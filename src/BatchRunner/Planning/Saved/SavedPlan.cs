using BatchRunner.Expansion;

namespace BatchRunner.Planning.Saved;

/// <summary>
/// A plan as it was shown and agreed to: which jobs a run may pay for, at which price, made from which files. Paths are
/// relative to the file it is kept in, with `/`. It holds no request, so no secret either.
/// </summary>
sealed record SavedPlan
{
    /// <summary>The newest format this version writes and reads.</summary>
    public const int NewestFormat = 1;

    /// <summary>Bytes such a file may have.</summary>
    public const int MaxBytes = 32 * 1024 * 1024;

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary>The manifest's path.</summary>
    public required string Manifest { get; init; }

    /// <summary>The path of the run's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The host its tasks will live at, or `simulator`.</summary>
    public required string Against { get; init; }

    /// <summary>The id of the journal it was made beside; null if the folder had none.</summary>
    public required string? Journal { get; init; }

    /// <summary>How many jobs the manifest made by itself, whether they are listed or not.</summary>
    public required int ManifestJobs { get; init; }

    /// <summary>Every file its jobs were made from, by path.</summary>
    public required IReadOnlyList<SavedInput> Inputs { get; init; }

    /// <summary>The jobs it has work for, in plan order.</summary>
    public required IReadOnlyList<SavedJob> Jobs { get; init; }

    public int SubmitCount => Jobs.Count(job => job.IsSubmitted);

    /// <summary>The most its jobs may cost; those without a price count nothing.</summary>
    public decimal Credits => Jobs.Where(job => job.IsSubmitted).Sum(job => job.Credits ?? 0);

    public int UnpricedCount => Jobs.Count(job => job is { IsSubmitted: true, Credits: null });

    /// <summary>
    /// The same jobs of a plan made now; every other is left alone, whatever would be done with it. What was asked for
    /// once more is asked for once: not if another create was made for it since.
    /// </summary>
    public Plan Of(Plan plan)
    {
        var listed = Jobs.ToDictionary(job => job.Key);
        var allowed = plan with
        {
            Jobs =
            [
                .. plan.Jobs.Select(job => listed.TryGetValue(job.Key, out var saved)
                    && job.MayBeRepeated
                    && saved is { Action: PlanAction.Again } && job.State.Fence < saved.Attempt
                        ? job.Repeated()
                        : job),
            ],
        };
        var barred = allowed.Jobs
            .Where(job => job.WillSubmit && listed.TryGetValue(job.Key, out var saved) && !saved.IsSubmitted)
            .Select(job => job.Key)
            .ToHashSet();
        return allowed.Select(job => listed.ContainsKey(job.Key) && !barred.Contains(job.Key));
    }
}

/// <summary>A file a plan was made from.</summary>
/// <param name="File">Its path.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
sealed record SavedInput(string File, string Sha256);

/// <summary>A job a plan has work for.</summary>
/// <param name="Id">Its name, for people: the key decides.</param>
/// <param name="Action">New, Changed or Again: it may be submitted. PickedUp: its task is collected, and that is all.</param>
/// <param name="Attempt">Which create of it is agreed to: 1, or with Again one more than were ever intended.</param>
/// <param name="Credits">The most it may cost, or null if the catalogue has no price.</param>
/// <param name="Key">What it is paid for under.</param>
sealed record SavedJob(string Id, PlanAction Action, int Attempt, decimal? Credits, JobKey Key)
{
    public bool IsSubmitted => Action != PlanAction.PickedUp;
}
