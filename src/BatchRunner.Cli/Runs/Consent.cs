using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Diagnostics;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Runs;

/// <summary>Asks before paying: on a terminal the person, elsewhere for flags that were given beforehand.</summary>
static class Consent
{
    /// <summary>Null if yes was said, beforehand or now; else the exit code, after saying why not.</summary>
    /// <param name="isConfirmed">Yes was said beforehand.</param>
    /// <param name="question">What to ask.</param>
    /// <param name="unasked">What is wrong if nobody is there to be asked.</param>
    /// <param name="declined">What is said after a no.</param>
    /// <param name="voice">Who asks.</param>
    public static async Task<int?> Refusal(bool isConfirmed, string question, Diagnostic unasked, string declined, Voice voice)
    {
        if (isConfirmed)
        {
            return null;
        }

        if (!voice.CanAsk)
        {
            return voice.Refuse(unasked);
        }

        if (await voice.Ask(question))
        {
            return null;
        }

        voice.Say(declined);
        return ExitCode.Usage;
    }

    /// <summary>What can be said without a question: null if the run may go on to one, else the exit code.</summary>
    public static int? Beforehand(RunRequest request, Plan plan, RunPlace place, Voice voice)
    {
        var isFirst = plan.Journal.Header is null;
        if (request.IsNew && !isFirst)
        {
            return voice.Refuse(UsageProblems.NewButThere(place.Shown));
        }

        if (EarlierRun.Find(plan, place.Folder, request.Batch.IsSimulated) is { } earlier && !request.Batch.IsSimulated)
        {
            voice.Say(PlanNotes.OfEarlier(earlier));
        }

        if (IsGiven(request, plan) || (voice.CanAsk && !request.IsConfirmed))
        {
            return null;
        }

        var needsNew = isFirst && !request.IsNew && !voice.CanAsk;
        return (request.IsConfirmed, needsNew) switch
        {
            (true, false) => null,
            (true, true) => voice.Refuse(UsageProblems.FirstRunHere(place.Shown, Price(plan))),
            (false, false) => voice.Refuse(UsageProblems.NotConfirmed(Price(plan), "`--yes`")),
            (false, true) => voice.Refuse(UsageProblems.NotConfirmed(Price(plan), "`--yes`, and `--new` for a folder's first run")),
        };
    }

    /// <summary>Asks the person, if there is anything to ask: null if the run may go on, else the exit code.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="plan">What is submitted after a yes.</param>
    /// <param name="rest">What is asked about later: the further jobs of a canary; null: nothing.</param>
    /// <param name="server">Who is paid.</param>
    /// <param name="place">Where the clips go.</param>
    /// <param name="voice">Who asks.</param>
    public static async Task<int?> Ask(RunRequest request, Plan plan, Plan? rest, string server, RunPlace place, Voice voice)
    {
        if (request.IsConfirmed || IsGiven(request, plan))
        {
            return null;
        }

        foreach (var line in PlanView.Totals(plan).Lines(null))
        {
            voice.Say(line);
        }

        var question = rest is null
            ? $"submit {Jobs(plan)} to {server} for {Price(plan)}, into {place.Shown}?"
            : $"submit {Jobs(plan)} to {server} for {Price(plan)} first, into {place.Shown}, before {Jobs(rest)} more for {Price(rest)}?";
        return await Refusal(isConfirmed: false, question, UsageProblems.NotConfirmed(Price(plan), "`--yes`"), "nothing was sent", voice);
    }

    // A saved plan was looked at and kept: that is the yes.
    static bool IsGiven(RunRequest request, Plan plan) =>
        plan.SubmitCount == 0 || request.Batch.IsSimulated || request.Batch.Saved is not null;

    static string Jobs(Plan plan) => Figures.Count(plan.SubmitCount, "job");

    /// <summary>The most a plan may cost, in words.</summary>
    public static string Price(Plan plan) => Figures.Price(plan.Credits)
        + (plan.UnpricedCount > 0 ? $" and {Figures.Count(plan.UnpricedCount, "job")} without a known price" : " at most");
}
