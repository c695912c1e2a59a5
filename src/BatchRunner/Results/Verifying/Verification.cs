using BatchRunner.Journaling;

namespace BatchRunner.Results.Verifying;

/// <summary>What a run's folder holds, laid beside what its journal says.</summary>
sealed record Verification
{
    /// <summary>Files the journal says are finished.</summary>
    public required int FileCount { get; init; }

    /// <summary>Their bytes, by the journal.</summary>
    public required long Bytes { get; init; }

    /// <summary>What is not as the journal says.</summary>
    public required IReadOnlyList<Finding> Broken { get; init; }

    /// <summary>What the journal does not know. Nothing is lost by it.</summary>
    public required IReadOnlyList<Finding> Strangers { get; init; }

    /// <summary>A run writes here right now: results.csv and parts of files were not judged.</summary>
    public required bool IsAtWork { get; init; }
}

/// <summary>Something that is not as it should be.</summary>
/// <param name="Kind">What.</param>
/// <param name="Path">Below the run's folder, with `/`.</param>
/// <param name="Job">Whose file it is, or whose name it has; null: nobody's.</param>
/// <param name="Detail">What was found and what was expected, or null.</param>
sealed record Finding(FindingKind Kind, string Path, JournaledJob? Job = null, string? Detail = null);

/// <summary>Ways of not being as it should be.</summary>
enum FindingKind
{
    /// <summary>A finished file is gone.</summary>
    Missing,

    /// <summary>Something else has its name: a link or a folder.</summary>
    NotAFile,

    /// <summary>It has another size.</summary>
    WrongSize,

    /// <summary>It has the size, but other bytes.</summary>
    WrongBytes,

    /// <summary>It can't be read.</summary>
    Unreadable,

    /// <summary>results.csv is gone.</summary>
    NoResults,

    /// <summary>results.csv is not what the journal says.</summary>
    OtherResults,

    /// <summary>provenance.jsonl is gone.</summary>
    NoProvenance,

    /// <summary>provenance.jsonl is not what the journal says.</summary>
    OtherProvenance,

    /// <summary>A job's request does not give the key it was paid for under.</summary>
    OtherKey,

    /// <summary>The journal ends in bytes that were never acknowledged; the next run cuts them off.</summary>
    TornJournal,

    /// <summary>A media file that belongs to no job.</summary>
    Stranger,

    /// <summary>A media file under a job's name that the journal does not know to be its file.</summary>
    Unrecorded,

    /// <summary>A download that was cut short.</summary>
    Part,
}
