using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan and what is known around it.</summary>
/// <param name="Plan">What a run would do.</param>
/// <param name="Forecast">How long it would take, or null if there is nothing to wait for.</param>
/// <param name="Earlier">Another folder in which its jobs are paid for, or null.</param>
/// <param name="Account">What the account says, or null if it was not asked.</param>
/// <param name="IsSimulated">It is for the built-in simulator.</param>
sealed record PlanFacts(Plan Plan, PlanForecast? Forecast, EarlierRun? Earlier, Organization? Account, bool IsSimulated);
