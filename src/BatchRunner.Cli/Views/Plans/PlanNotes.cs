using BatchRunner.Cli.Text;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>What a plan's table does not say, a sentence each.</summary>
static class PlanNotes
{
    const int MostUnknown = 10;

    static readonly (PlanAction Action, string Text)[] Actions =
    [
        (PlanAction.Kept, "done already and kept"),
        (PlanAction.PickedUp, "under way and picked up, not paid again"),
        (PlanAction.Unknown, "unknown: possibly charged, and not sent again"),
        (PlanAction.Failed, "failed; `--only failed` submits them again"),
        (PlanAction.Cancelled, "cancelled; `--only cancelled` submits them again"),
        (PlanAction.Screened, "stopped by screening"),
        (PlanAction.Shared, "shared with a job of the same request"),
        (PlanAction.Left, "left alone: only a run of the manifest submits"),
    ];

    public static IEnumerable<string> Of(PlanFacts facts) =>
        [.. OfJobs(facts.Plan), .. OfMoney(facts), .. OfAccount(facts), .. OfTime(facts)];

    /// <summary>What an earlier folder means for a plan.</summary>
    public static string OfEarlier(EarlierRun earlier) =>
        $"`{SafeText.Line(earlier.Folder)}` beside this folder has {Figures.Count(earlier.Jobs, "job")} of this plan already"
        + $" (its manifest was called `{SafeText.Line(earlier.Name)}`): another `name` is another folder, and they are paid for again, "
        + $"{Figures.Price(earlier.Credits)}";

    /// <summary>What a sample or a limit leaves out, or null.</summary>
    public static string? OfNarrowing(Plan plan) => plan.Narrowed is { } narrowed
        ? $"`{narrowed.By}` leaves out {Figures.Count(narrowed.Jobs, plan.Retakes.Count > 0 ? "more take" : "more job")}"
        : null;

    static IEnumerable<string> OfJobs(Plan plan)
    {
        if (OfNarrowing(plan) is { } leftOut)
        {
            yield return leftOut;
        }

        foreach (var (action, text) in Actions)
        {
            if (plan.Jobs.Count(job => job.IsSelected && job.Action == action) is > 0 and var count)
            {
                yield return $"{Figures.Count(count, "job")} {text}";
            }
        }

        var unknown = plan.Jobs.Where(job => job is { IsSelected: true, Action: PlanAction.Unknown }).ToList();
        foreach (var job in unknown.Take(MostUnknown))
        {
            yield return $"  {SafeText.Line(job.Spec.Id)}: {SafeText.Line(UnknownWords.Of(job.Spec, job.State))}";
        }

        if (unknown.Count > MostUnknown)
        {
            yield return $"  and {Figures.Number(unknown.Count - MostUnknown)} more, as `status --only unknown` tells";
        }

        if (plan.Orphans.Count > 0)
        {
            yield return $"{Figures.Count(plan.Orphans.Count, "job")} orphaned: no row asks for them any more, their files stay";
        }

        if (plan.Moves.Count > 0)
        {
            yield return $"{Figures.Count(plan.Moves.Count, "file")} get another name first";
        }

        if (plan.Leaving.Count > 0)
        {
            yield return $"{Figures.Count(plan.Leaving.Count, "file")} move to superseded{Path.DirectorySeparatorChar} when their replacement has been made";
        }

        if (plan.UnpricedCount > 0)
        {
            yield return $"{Figures.Count(plan.UnpricedCount, "job")} without a known price are not in the total";
        }
    }

    static IEnumerable<string> OfMoney(PlanFacts facts)
    {
        var plan = facts.Plan;
        if (plan.Journal.Spent + plan.Journal.Reserved > 0)
        {
            yield return $"{Figures.Price(plan.Journal.Spent)} spent in this folder before, {Figures.Credits(plan.Journal.Reserved)} reserved";
        }

        if (plan.Batch.Manifest.Limits.MaxCredits is { } cap)
        {
            var left = cap - plan.Journal.Spent - plan.Journal.Reserved;
            yield return plan.SubmitCount > 0 && plan.Credits > left
                ? CapWords.Of(
                    cap, plan.Journal.Spent + plan.Journal.Reserved, plan.SubmitCount, plan.Credits, plan.Batch.Manifest.Limits.MaxCreditsPlace, isTyped: false)
                : left < 0 ? $"`max_credits` is {Figures.Number(cap)}, and more is spent or reserved: a run submits nothing"
                : $"`max_credits` is {Figures.Number(cap)}: {Figures.Credits(left - plan.Credits)} left after this plan";
        }

        if (facts.Earlier is { } earlier)
        {
            yield return OfEarlier(earlier);
        }
    }

    static IEnumerable<string> OfAccount(PlanFacts facts)
    {
        if (facts.Account is not { } account)
        {
            yield break;
        }

        var rest = account.CreditBalance - facts.Plan.Credits;
        yield return $"the account has {Figures.Credits(account.CreditBalance)}: "
            + (rest >= 0 ? $"{Figures.Number(rest)} left after this plan" : $"{Figures.Number(-rest)} too few for this plan");
        foreach (var model in facts.Plan.Jobs.Where(job => job.WillSubmit).GroupBy(job => job.Spec.Model, StringComparer.Ordinal))
        {
            yield return Quota(model.Key, model.Count(), account.Models.GetValueOrDefault(model.Key));
        }
    }

    static string Quota(string model, int wanted, ModelAllowance? allowance)
    {
        var name = SafeText.Line(model);
        return allowance switch
        {
            null => $"`{name}`: the account does not say what it may do with it",
            { MaxDaily: null } => $"`{name}`: no daily quota; {Figures.Number(allowance.DailyUsed)} made today, {Figures.Number(wanted)} in this plan",
            { MaxDaily: { } most } => $"`{name}`: {Figures.Number(allowance.DailyUsed)} of {Figures.Number(most)} made today, {Figures.Number(wanted)} in this plan"
                + (allowance.DailyUsed + wanted > most
                    ? $": {Figures.Number(Math.Min(wanted, allowance.DailyUsed + wanted - most))} of them not before tomorrow"
                    : ""),
        };
    }

    static IEnumerable<string> OfTime(PlanFacts facts)
    {
        if (facts.Forecast is not { } forecast)
        {
            yield break;
        }

        var auto = facts.Account is null && facts.Plan.Batch.Manifest.Limits.Concurrency is null
            ? "; `concurrency: auto` counts as 1 slot here, and a run asks the account for its slots" : "";
        yield return $"about {Coarse(forecast.Duration)} on {OnSlots(forecast)}, {Source(forecast)}{auto}"
            + (facts.IsSimulated ? "; simulated time runs 50 times faster" : "");
    }

    static string OnSlots(PlanForecast forecast) => forecast.Slots.Values.Distinct().ToList() is [var same]
        ? Figures.Count(same, "slot") + (forecast.Slots.Count > 1 ? " for each model" : "")
        : string.Join(", ", forecast.Slots.Select(model => $"{Figures.Count(model.Value, "slot")} of `{SafeText.Line(model.Key)}`"));

    static string Source(PlanForecast forecast) => forecast.Learnt == forecast.Jobs ? "by what such tasks took in this folder"
        : forecast.Learnt > 0 ? $"by what {Figures.Number(forecast.Learnt)} of these {Figures.Count(forecast.Jobs, "job")} took in this folder, and a guess for the rest"
        : "a guess until tasks like these have ended in this folder";

    // No finer than an estimate is: tens of seconds, then minutes, then five of them.
    static string Coarse(TimeSpan time)
    {
        var step = time.TotalSeconds switch { < 60 => 10, < 3600 => 60, _ => 300 };
        return Figures.Time(TimeSpan.FromSeconds(Math.Ceiling(time.TotalSeconds / step) * step)).Replace("m00s", "m", StringComparison.Ordinal);
    }
}
