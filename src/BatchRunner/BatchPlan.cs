using BatchRunner.Diagnostics;
using BatchRunner.Planning;

namespace BatchRunner;

/// <summary>What a run would do and cost. Credits are Runway's, 0.01 dollars each.</summary>
public sealed record BatchPlan
{
    /// <summary>Why the folder can't be read, or null.</summary>
    public Diagnostic? Problem { get; init; }

    /// <summary>Jobs that would be submitted and paid for.</summary>
    public int SubmitCount { get; init; }

    /// <summary>The most they may cost by the catalogue.</summary>
    public decimal Credits { get; init; }

    /// <summary>Those of them the catalogue has no price for; they count nothing in <see cref="Credits"/>.</summary>
    public int UnpricedCount { get; init; }

    /// <summary>Jobs whose files are there.</summary>
    public int KeptCount { get; init; }

    /// <summary>Jobs whose tasks live at Runway.</summary>
    public int PickedUpCount { get; init; }

    /// <summary>Jobs that may have been charged without anybody knowing; they wait for a decision.</summary>
    public int UnknownCount { get; init; }

    /// <summary>Credits this folder has cost so far.</summary>
    public decimal Spent { get; init; }

    /// <summary>Credits held back for what is under way or unknown.</summary>
    public decimal Reserved { get; init; }

    internal static BatchPlan Impossible(Diagnostic problem) => new() { Problem = problem };

    internal static BatchPlan Of(Plan plan) => new()
    {
        SubmitCount = plan.SubmitCount,
        Credits = plan.Credits,
        UnpricedCount = plan.UnpricedCount,
        KeptCount = plan.Count(PlanAction.Kept),
        PickedUpCount = plan.Count(PlanAction.PickedUp),
        UnknownCount = plan.Count(PlanAction.Unknown),
        Spent = plan.Journal.Spent,
        Reserved = plan.Journal.Reserved,
    };
}
