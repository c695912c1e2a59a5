using BatchRunner.Runway;

namespace BatchRunner.Scheduling;

/// <summary>How many tasks of a model run at once.</summary>
static class Slots
{
    // What the highest tier has: an account without a limit is not a reason to start a thousand tasks at once.
    const int Unlimited = 20;

    /// <summary>The account's, never more than asked for.</summary>
    /// <param name="allowance">By the account's word.</param>
    /// <param name="asked">`concurrency`, or null for as many as there are.</param>
    public static int Of(ModelAllowance allowance, int? asked)
    {
        var most = asked ?? int.MaxValue;
        return Math.Min(most, allowance.MaxConcurrent ?? Math.Min(most, Unlimited));
    }
}
