using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Journaling.Records;

/// <summary>One fact of the journal. Jobs are spoken of by number, in the order in which they were first planned.</summary>
abstract record JournalRecord
{
    /// <summary>The first record: what the journal is about.</summary>
    public sealed record Headed(JournalHeader Header) : JournalRecord;

    /// <summary>An axis, so that rows need not repeat its columns. The same name with other columns gets another number.</summary>
    public sealed record AxisNamed(int Number, string Name, IReadOnlyList<string> Columns) : JournalRecord;

    /// <summary>
    /// A job as it is planned: all that results and selections need without the manifest. The same number again: the job
    /// has a new name, row, output or price. One that shares another's request names that one.
    /// </summary>
    public sealed record JobNamed(int Number, JobSpec Spec, int? Shares) : JournalRecord;

    /// <summary>The jobs of the plan that a run worked on, in plan order; every other job is an orphan.</summary>
    public sealed record Planned(IReadOnlyList<int> Order) : JournalRecord;

    /// <summary>Something happened to a job.</summary>
    public sealed record Happened(int Job, JobEvent Event) : JournalRecord;

    /// <summary>The user wants one more take of a job.</summary>
    public sealed record Retaken(int Job, int Take) : JournalRecord;

    /// <summary>A run begins that may submit something: what it is made from, until another says otherwise.</summary>
    public sealed record Began(RunOrigin Origin) : JournalRecord;

    /// <summary>A tail that was never acknowledged was cut off.</summary>
    public sealed record TailCut(long Bytes) : JournalRecord;
}

/// <summary>What a journal is about.</summary>
sealed record JournalHeader
{
    /// <summary>The newest format this version writes and reads.</summary>
    public const int NewestFormat = 1;

    public required int Format { get; init; }

    /// <summary>The version of BatchRunner that made it.</summary>
    public required string Tool { get; init; }

    /// <summary>The rule its keys were made by.</summary>
    public required int KeyVersion { get; init; }

    /// <summary>The folder's own id: a copy of a folder has the same one.</summary>
    public required string Folder { get; init; }

    /// <summary>The manifest's name.</summary>
    public required string Name { get; init; }

    /// <summary>The host its tasks live at, or `simulator`.</summary>
    public required string Against { get; init; }

    /// <summary>What a simulated run is made against.</summary>
    public const string Simulator = "simulator";

    /// <summary>Nothing in it was ever paid.</summary>
    public bool IsSimulated => Against == Simulator;
}
