using BatchRunner.Cli.Text;
using BatchRunner.Jobs;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What happened to a job, one sentence each.</summary>
static class EventWords
{
    /// <param name="happened">It.</param>
    /// <param name="wasSent">A create had left before.</param>
    public static string Of(JobEvent happened, bool wasSent = true) => happened switch
    {
        JobEvent.Intended e => $"the create may leave; {Figures.Price(e.Reserved)} reserved",
        JobEvent.Submitted e => $"answered with task `{Text(e.Task.Value)}`{Estimate(e.Estimate)}",
        JobEvent.Refused e => $"refused, nothing was made: {Text(e.Reason)}",
        JobEvent.Lost e => $"unknown: {Text(e.Reason)}",
        JobEvent.Hinted e => $"the account: balance {Figures.Number(e.Before.Balance)} before, {Figures.Number(e.After.Balance)} after; "
            + $"generations today {Figures.Number(e.Before.DailyUsed)} before, {Figures.Number(e.After.DailyUsed)} after",
        JobEvent.Seen e => $"seen {Word(e.Status)}{Estimate(e.Estimate)}",
        JobEvent.Succeeded e => $"succeeded; {Cost(e.Cost)}",
        JobEvent.Saved e => $"saved as {string.Join(", ", e.Files.Select(file => $"`{Text(file.Path)}` ({Figures.Number(file.Bytes)} bytes)"))}",
        JobEvent.Missing e => $"found missing: {Text(e.Reason)}",
        JobEvent.Failed e => $"failed ({Text(e.Failure.Code ?? e.Failure.Class)}): {Text(e.Failure.Message).TrimEnd('.')}; {Cost(e.Cost)}",
        JobEvent.CancelAsked e => e.Reason == CancelReason.User ? "you asked to cancel it" : "cancelled for `queue_timeout`",
        JobEvent.Cancelled e => $"cancelled; {Cost(e.Cost)}",
        JobEvent.Settled e => $"what it cost was told later: {Figures.Price(e.Cost)}",
        JobEvent.Screened e => $"screened: {Text(e.Rule)}",
        JobEvent.Cleared => "no screening rule stops it any more",
        JobEvent.RetryAsked => wasSent ? "you asked for another attempt" : "you asked for it to be submitted",
        JobEvent.TaskFound e => $"its task was found: `{Text(e.Task.Value)}`, by {Text(e.Source)}",
        JobEvent.NotCharged => "you said that it was not charged",
        JobEvent.ResubmitAllowed => "you allowed another attempt, though it may be paid twice",
        JobEvent.Moved e => (e.IsSuperseded ? "moved aside to " : "renamed to ")
            + string.Join(", ", e.Files.Select(file => $"`{Text(file.Path)}`")),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    /// <summary>A task's state as people say it.</summary>
    public static string Word(Runway.TaskStatus status) =>
        status == Runway.TaskStatus.Other ? "in a state this version does not know" : status.ToString().ToLowerInvariant();

    static string Cost(decimal? cost) => cost is { } credits ? $"it cost {Figures.Price(credits)}" : "Runway did not say what it cost";

    static string Estimate(decimal? credits) => credits is { } estimate ? $", {Figures.Credits(estimate)} by Runway's estimate" : "";

    static string Text(string? text) => SafeText.Line(text);
}
