using System.Globalization;

namespace BatchRunner.Simulator.Accounts;

/// <summary>How tasks end and what that costs, by class of failure.</summary>
static class TaskEndings
{
    /// <summary>The ending a fault asks for: `failed:CODE[:COST]`, `cancelled`, or success.</summary>
    public static TaskEnding Of(string? fault, TaskRequest request)
    {
        var parts = fault?.Split(':') ?? [];
        return parts switch
        {
            ["failed", var code, var cost] =>
                new TaskEnding(TaskPhase.Failed, decimal.Parse(cost, CultureInfo.InvariantCulture), code),
            ["failed", var code] => new TaskEnding(TaskPhase.Failed, Charge(code, request.Estimate), code),
            ["cancelled"] => new TaskEnding(TaskPhase.Cancelled, 0),
            _ => new TaskEnding(TaskPhase.Succeeded, request.Cost),
        };
    }

    /// <summary>What the API says beside a failure code.</summary>
    public static string Message(string? code) => code switch
    {
        { } when code.StartsWith("SAFETY.INPUT", StringComparison.Ordinal) =>
            "The input was blocked by our content moderation system.",
        { } when code.StartsWith("SAFETY.OUTPUT", StringComparison.Ordinal) =>
            "The output was blocked by our content moderation system.",
        { } when code.StartsWith("INPUT_PREPROCESSING.SAFETY", StringComparison.Ordinal) =>
            "The input text was blocked by our content moderation system.",
        { } when code.StartsWith("ASSET.INVALID", StringComparison.Ordinal) => "An input asset was invalid.",
        { } when code.StartsWith("THIRD_PARTY.UNAVAILABLE", StringComparison.Ordinal) =>
            "A third-party provider was unavailable.",
        _ => "An unexpected error occurred.",
    };

    // Only a refused input is charged: every other failure is refunded in full.
    static decimal Charge(string code, decimal estimate) =>
        code.StartsWith("SAFETY.INPUT", StringComparison.Ordinal) ? estimate : 0;
}
