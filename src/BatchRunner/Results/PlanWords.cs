using BatchRunner.Planning;

namespace BatchRunner.Results;

/// <summary>What a plan does with a job, in one word.</summary>
static class PlanWords
{
    public static string Of(PlanAction action) => action switch
    {
        PlanAction.PickedUp => "picked up",
        _ => action.ToString().ToLowerInvariant(),
    };
}
