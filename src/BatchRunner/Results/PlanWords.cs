using BatchRunner.Planning;

namespace BatchRunner.Results;

/// <summary>What a plan does with a job, in one word.</summary>
static class PlanWords
{
    /// <summary>A job that no row asks for any more.</summary>
    public const string Orphaned = "orphaned";

    public const string WhyOrphaned = "no row asks for it any more; its files stay";

    /// <summary>What it does with a job: what was never sent is not sent again, but for the first time.</summary>
    public static string Of(PlannedJob job) => job is { Action: PlanAction.Again, WasSent: false } ? Of(PlanAction.New) : Of(job.Action);

    public static string Of(PlanAction action) => action switch
    {
        PlanAction.PickedUp => "picked up",
        PlanAction.Left => "left alone",
        _ => action.ToString().ToLowerInvariant(),
    };
}
