using BatchRunner.Cli.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Settling;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What was known of an unknown job, what was done, and what a run does next.</summary>
sealed class ResolvedView(Voice voice)
{
    /// <summary>Before anything is done: what there is to judge by.</summary>
    public void Show(JournaledJob job)
    {
        var state = job.State;
        var isUnknown = state.Phase == JobPhase.Unknown;
        voice.Say($"{SafeText.Line(job.Spec.Id)} is "
            + (isUnknown ? $"unknown: {SafeText.Line(state.Reason ?? "its create may have been charged")}"
                : $"{StateWords.Of(state)}; what became of a create before was never said"));
        foreach (var attempt in state.Lost)
        {
            voice.Say($"  create   left at {Moments.Text(attempt.IntendedAt)}; it may have cost {Figures.Price(attempt.Reserved)}");
        }

        if (isUnknown)
        {
            voice.Say($"  account  {HintWords.Of(job.Spec, state)}");
        }
    }

    /// <summary>Afterwards.</summary>
    /// <param name="after">The job as the journal has it now.</param>
    /// <param name="settled">What happened.</param>
    public void Write(JournaledJob after, Resolution.Settled settled)
    {
        if (voice.IsJson)
        {
            WriteJson(after, settled);
            return;
        }

        voice.Answer($"{SafeText.Line(after.Spec.Id)}: {Done(settled)}");
        voice.Answer($"  next     {NextWords.Of(after)}");
    }

    static string Done(Resolution.Settled settled) => settled switch
    {
        { Task: { } task } => $"its task is `{SafeText.Line(task.Id.Value)}`, {Seen(task)}; its reservation of {Figures.Credits(settled.Possible)} "
            + (settled.Cost is { } cost ? $"became a cost of {Figures.Credits(cost)}" : "stays until its cost is told"),
        { Cost: 0 } => $"not charged; {Figures.Credits(settled.Possible)} are free again",
        _ => $"may be submitted again; {Figures.Price(settled.Possible)} stay reserved, and may be paid twice",
    };

    static string Seen(TaskSnapshot task) => $"`{SafeText.Line(task.StatusWord)}` at Runway";

    void WriteJson(JournaledJob after, Resolution.Settled settled) => voice.Answer(JsonLine.Of("resolved", json =>
    {
        json.WriteString("job", after.Spec.Id);
        json.WriteString("how", settled switch
        {
            { Task: not null } => "task",
            { Cost: 0 } => "not-charged",
            _ => "resubmit",
        });
        json.WriteString("why", settled.Before.Reason);
        json.WriteNumber("possibleCredits", settled.Possible);
        HintWords.Write(json, settled.Before);
        json.WriteString("task", settled.Task?.Id.Value);
        json.WriteString("taskStatus", settled.Task?.StatusWord);
        json.WriteString("status", after.State.Status.ToString().ToLowerInvariant());
        json.WriteNumber("spent", after.State.Spent);
        json.WriteNumber("reserved", after.State.Reserved);
        json.WriteString("next", NextWords.Of(after));
        json.WriteString("key", after.Spec.Key.Hex);
    }));
}
