using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What the next run does with a job, and why, in one sentence.</summary>
static class NextWords
{
    /// <summary>For a job as the journal has it.</summary>
    public static string Of(JournaledJob job) => job.IsPlanned
        ? Of(Planner.Foresee(job))
        : job.State.HoldsSlot || job.State.Phase == JobPhase.Succeeded
            ? "no row of the manifest asks for it any more: only a run of the folder itself collects it, and pays nothing more"
            : "no row of the manifest asks for it any more: a run leaves it alone";

    /// <summary>For a job of a plan.</summary>
    public static string Of(PlannedJob job) => job.Action switch
    {
        PlanAction.New or PlanAction.Changed or PlanAction.Again => $"a run submits it, for {Price(job.EstimatedCredits)}: {Why(job)}",
        PlanAction.PickedUp when job.State.LacksFiles =>
            "if the file is there, move it away; then a run downloads it again, and pays nothing more",
        PlanAction.PickedUp => $"a run picks it up, and pays nothing more: {Why(job)}",
        PlanAction.Kept => "a run keeps it: its files are there",
        PlanAction.Unknown => $"a run leaves it alone until you resolve it: {Why(job)}",
        PlanAction.Failed => $"a run leaves it alone: it {Why(job)}; `run --only failed` submits it{(job.WasSent ? " again" : "")}",
        PlanAction.Cancelled => $"a run leaves it alone: {Why(job)}; `run --only cancelled` submits it again",
        PlanAction.Left => $"a run of the folder leaves it alone: {Why(job)}",
        PlanAction.Screened => $"a run does not send it: {Why(job)}",
        _ => $"a run gives it the file of the job it repeats: it {Why(job)}",
    };

    static string Price(decimal? credits) => credits is { } price ? Figures.Price(price) + " at most" : "a price the catalogue does not know";

    static string Why(PlannedJob job) => SafeText.Line(ChangeWords.Why(job));
}
