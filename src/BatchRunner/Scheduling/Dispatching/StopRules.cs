using System.Collections.Immutable;
using System.Globalization;
using BatchRunner.Jobs;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>When a run stops submitting, or stops: what users allow, and what makes going on pointless. Also what is said of it.</summary>
sealed class StopRules(RunOptions options)
{
    readonly HashSet<string> warned = new(StringComparer.Ordinal);
    int unknownInRow;
    int failuresInRow;
    string? failureClass;

    /// <summary>Everything that stopped something.</summary>
    public ImmutableHashSet<StopReason> Stops { get; private set; } = [];

    /// <summary>What has not been said yet.</summary>
    public Queue<string> Notes { get; } = [];

    /// <summary>Nothing more is submitted; what is alive is collected.</summary>
    public bool IsSubmittingStopped { get; private set; }

    /// <summary>Nothing more is begun.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Something to say once, however often it happens.</summary>
    public void Warn(string what)
    {
        if (warned.Add(what))
        {
            Notes.Enqueue(what);
        }
    }

    /// <summary>Something stops for a part of the run: a model.</summary>
    public void Add(StopReason reason, string why)
    {
        Stops = Stops.Add(reason);
        Notes.Enqueue(why);
    }

    public void StopSubmitting(StopReason reason, string why)
    {
        if (!Stops.Contains(reason))
        {
            Add(reason, why);
        }

        IsSubmittingStopped = true;
    }

    public void Stop(StopReason reason, string? why = null)
    {
        Stops = Stops.Add(reason);
        if (why is not null)
        {
            Notes.Enqueue(why);
        }

        (IsSubmittingStopped, IsStopping) = (true, true);
    }

    /// <summary>A create was answered, or lost.</summary>
    public void CountCreate(JobState state)
    {
        unknownInRow = state.Phase == JobPhase.Unknown ? unknownInRow + 1 : 0;
        if (options.StopAfterUnknown > 0 && unknownInRow >= options.StopAfterUnknown)
        {
            StopSubmitting(
                StopReason.TooManyUnknown,
                $"{Number(unknownInRow)} creates in a row were lost: nothing more is submitted");
        }
    }

    /// <summary>A job may have come to an end.</summary>
    public void CountEnd(JobState before, JobState now)
    {
        if (now.Phase == JobPhase.Failed && before.Phase != JobPhase.Failed && now.Failure is { } failure)
        {
            (failuresInRow, failureClass) = (failure.Class == failureClass ? failuresInRow + 1 : 1, failure.Class);
        }
        else if (now.Phase == JobPhase.Succeeded && before.Phase != JobPhase.Succeeded)
        {
            (failuresInRow, failureClass) = (0, null);
        }

        if (options.StopAfterFailures > 0 && failuresInRow >= options.StopAfterFailures)
        {
            StopSubmitting(
                StopReason.TooManyFailures,
                $"{Number(failuresInRow)} jobs in a row failed as `{failureClass}`: nothing more is submitted");
        }
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
