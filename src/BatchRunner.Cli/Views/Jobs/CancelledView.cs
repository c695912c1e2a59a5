using BatchRunner.Cli.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Scheduling.Settling;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What became of each task that was to be cancelled, and what it cost.</summary>
sealed class CancelledView(Voice voice)
{
    /// <summary>One of them.</summary>
    public void Write(JournaledJob job, Cancellation cancellation)
    {
        var (what, words, state) = cancellation switch
        {
            Cancellation.Cancelled { State: var after } => ("cancelled", $"cancelled; {Cost(after)}", after),
            Cancellation.Ended { State: var after } => (
                after.Phase == JobPhase.Failed ? "failed" : "succeeded",
                after.Phase == JobPhase.Failed
                    ? $"failed before it could be cancelled (`{SafeText.Line(after.Failure?.Code ?? after.Failure?.Class)}`); {Cost(after)}"
                    : $"finished before it could be cancelled, so it was left for a run to download; {Cost(after)}",
                after),
            Cancellation.NotRunning { State: var after } => ("left", $"is {StateWords.Of(after)}: there is nothing to cancel", after),
            Cancellation.Unconfirmed { State: var after, Reason: var reason } => (
                "unconfirmed", $"not confirmed by Runway: {SafeText.Line(reason)}; a run goes on cancelling it", after),
            _ => throw new InvalidOperationException($"no job's end: {cancellation}"),
        };
        if (!voice.IsJson)
        {
            voice.Answer($"{SafeText.Line(job.Spec.Id)}: {words}");
            return;
        }

        voice.Answer(JsonLine.Of("cancel", json =>
        {
            json.WriteString("job", job.Spec.Id);
            json.WriteString("what", what);
            json.WriteString("text", words);
            json.WriteString("task", state.Task?.Value);
            json.WriteString("status", state.Status.ToString().ToLowerInvariant());
            json.WriteNumber("spent", state.Spent);
            json.WriteNumber("reserved", state.Reserved);
            json.WriteString("key", job.Spec.Key.Hex);
        }));
    }

    static string Cost(JobState state) => state.Current is { Cost: { } cost }
        ? $"it cost {Figures.Price(cost)}"
        : $"Runway did not say what it cost, so {Figures.Credits(state.Current?.Reserved ?? 0)} stay reserved";
}
