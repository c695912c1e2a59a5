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

    /// <summary>Null if the run may go on, else the exit code.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="plan">What it comes to.</param>
    /// <param name="place">Where its files go.</param>
    /// <param name="server">Who is paid.</param>
    /// <param name="voice">Who is told and asked.</param>
    public static async Task<int?> Refusal(RunRequest request, Plan plan, RunPlace place, string server, Voice voice)
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

        // A saved plan was looked at and kept: that is the yes.
        if (plan.SubmitCount == 0 || request.Batch.IsSimulated || request.Batch.Saved is not null)
        {
            return null;
        }

        if (voice.CanAsk && !request.IsConfirmed)
        {
            foreach (var line in PlanView.Totals(plan).Lines(null))
            {
                voice.Say(line);
            }

            return await voice.Ask(
                $"submit {Figures.Count(plan.SubmitCount, "job")} to {server} for {Price(plan)}, into {place.Shown}?") ? null : Declined(voice);
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

    static int Declined(Voice voice)
    {
        voice.Say("nothing was sent");
        return ExitCode.Usage;
    }

    static string Price(Plan plan) => Figures.Price(plan.Credits)
        + (plan.UnpricedCount > 0 ? $" and {Figures.Count(plan.UnpricedCount, "job")} without a known price" : " at most");
}
