using BatchRunner.Cli.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>All there is to say about one job, for people.</summary>
sealed class ExplanationView(Voice voice)
{
    /// <param name="explained">The job.</param>
    /// <param name="events">What happened to it, in order.</param>
    public void Write(Explanation explained, IReadOnlyList<JobEvent> events)
    {
        var (job, state) = (explained.Spec, explained.State);
        voice.Answer($"{SafeText.Line(job.Id)}: {(job.SharesWith is { } owner ? $"shares the request of `{SafeText.Line(owner)}`, which is " : "")}{StateWords.Of(state)}");
        Line("why", WhyWords.Of(state));
        Line("next", NextOf(explained));
        Line("request", $"{SafeText.Line(job.Endpoint)}, {SafeText.Line(job.Model)}"
            + (job.Ratio is { } ratio ? $", {SafeText.Line(ratio)}" : "")
            + (job.Duration is { } seconds ? $", {Figures.Number(seconds)} s" : "")
            + (job.Take > 1 ? $", take {job.Take}" : ""));
        Line("prompt", SafeText.Line(job.Prompt));
        Line("price", job.EstimatedCredits is { } price ? $"{Figures.Price(price)} by the catalogue" : "not in the catalogue");
        foreach (var lost in state.Phase == JobPhase.Unknown ? [] : state.Lost)
        {
            Line("settle", $"attempt {Figures.Number(lost.Number)} may have cost {Figures.Credits(lost.Reserved)}, which stay reserved: {LostWords.Way}");
        }

        Line("money", $"{Figures.Price(state.Spent)} spent, {Figures.Credits(state.Reserved)} reserved");
        foreach (var file in state.Files)
        {
            Line("file", $"{SafeText.Line(file.Path)}, {Figures.Number(file.Bytes)} bytes, SHA-256 {file.Sha256}");
        }

        Line("key", job.Key.Hex);
        WriteChanges(explained.Planned?.Changes ?? []);
        WriteEvents(state, events);
        WriteNamesakes(explained.Namesakes);
    }

    /// <summary>What a run does next, and why.</summary>
    public static string NextOf(Explanation explained) => (explained.Planned, explained.Known) switch
    {
        ({ } planned, _) => NextWords.Of(planned),
        (null, { } known) => NextWords.Of(known with { IsPlanned = false }),
        _ => "",
    };

    void Line(string what, string text)
    {
        if (text.Length > 0)
        {
            voice.Answer($"  {what,-8} {text}");
        }
    }

    void WriteChanges(IReadOnlyList<FieldChange> changes)
    {
        if (changes.Count == 0)
        {
            return;
        }

        voice.Answer("");
        voice.Answer("changed since it was paid for");
        foreach (var change in changes)
        {
            voice.Answer($"  {SafeText.Line(change.Field)}");
            voice.Answer($"    was  {Value(change.Old)}");
            voice.Answer($"    is   {Value(change.New)}");
        }
    }

    void WriteEvents(JobState state, IReadOnlyList<JobEvent> events)
    {
        var wasSent = false;
        foreach (var happened in events)
        {
            if (happened is JobEvent.Intended)
            {
                voice.Answer("");
                voice.Answer(Heading(happened.Fence, state.Attempts.FirstOrDefault(attempt => attempt.Number == happened.Fence)));
            }
            else if (ReferenceEquals(happened, events[0]))
            {
                voice.Answer("");
                voice.Answer("before any attempt");
            }

            voice.Answer($"  {Moments.Text(happened.At)}  {EventWords.Of(happened, wasSent)}");
            wasSent |= happened is JobEvent.Intended;
        }
    }

    static string Heading(int number, Attempt? attempt) => $"attempt {Figures.Number(number)}: " + attempt switch
    {
        null => "refused, nothing was charged",
        { Task: { } task } => $"task {SafeText.Line(task.Value)}, {Money(attempt)}{Times(attempt)}",
        { IsUnknown: true, Cost: null } => $"unknown, {Figures.Price(attempt.Reserved)} may have been charged",
        _ => Money(attempt),
    };

    static string Money(Attempt attempt) => attempt.Cost is { } cost
        ? $"it cost {Figures.Price(cost)}"
        : $"{Figures.Price(attempt.Reserved)} reserved";

    static string Times(Attempt attempt) =>
        Time(", waited", attempt.SubmittedAt, attempt.RunningSince) + Time(", ran", attempt.RunningSince, attempt.EndedAt);

    static string Time(string what, DateTimeOffset? from, DateTimeOffset? to) =>
        from is { } start && to is { } end ? $"{what} {Figures.Time(end - start)}" : "";

    void WriteNamesakes(IReadOnlyList<JournaledJob> namesakes)
    {
        if (namesakes.Count == 0)
        {
            return;
        }

        voice.Answer("");
        voice.Answer("other requests that had its name");
        foreach (var other in namesakes)
        {
            voice.Answer($"  {other.Spec.Key.Short}  {StateWords.Of(other.State)}; {Figures.Price(other.State.Spent)} spent, "
                + $"{Figures.Credits(other.State.Reserved)} reserved; {SafeText.Line(other.Spec.Prompt)}");
        }
    }

    static string Value(string? value) => value is null ? "(not there)" : SafeText.Line(value);
}
