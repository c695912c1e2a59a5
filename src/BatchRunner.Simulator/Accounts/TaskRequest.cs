using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Accounts;

/// <summary>Why a create was refused.</summary>
enum Refusal
{
    None,
    NoCredits,
    DailyCap,
}

/// <summary>A validated request that wants to become a task.</summary>
sealed record TaskRequest(string Endpoint, string Model, string RequestHash, decimal Estimate, OutputPlan Output)
{
    /// <summary>What a success costs in the end, at most the estimate.</summary>
    public decimal Cost { get; init; } = Estimate;

    /// <summary>What goes wrong with the task of this identity, or null.</summary>
    public Func<string, string?> Fault { get; init; } = _ => null;
}
