using BatchRunner.Jobs;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>How many jobs stand where, as the person watching counts them.</summary>
sealed class Standings
{
    readonly int[] counts = new int[Enum.GetValues<Standing>().Length];

    public int this[Standing standing] => counts[(int)standing];

    public void Update(Work work)
    {
        var now = Of(work);
        if (work.CountedAs is { } before)
        {
            counts[(int)before] -= work.Rows;
        }

        work.CountedAs = now;
        counts[(int)now] += work.Rows;
    }

    static Standing Of(Work work) => work.State.Phase switch
    {
        JobPhase.Planned => Standing.Planned,
        JobPhase.Intent => Standing.Queued,
        JobPhase.Submitted => work.State.LastSeen == TaskStatus.Running ? Standing.Running : Standing.Queued,
        JobPhase.Succeeded => Standing.Downloading,
        JobPhase.Done => Standing.Done,
        JobPhase.Failed => Standing.Failed,
        JobPhase.Cancelled => Standing.Cancelled,
        JobPhase.Unknown => Standing.Unknown,
        _ => Standing.Screened,
    };
}

/// <summary>Where a job stands, for people.</summary>
enum Standing
{
    Planned,
    Queued,
    Running,
    Downloading,
    Done,
    Failed,
    Unknown,
    Cancelled,
    Screened,
}
