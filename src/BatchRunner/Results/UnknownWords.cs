using System.Globalization;
using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Results;

/// <summary>What there is to say of a create that was lost: facts for a person to judge, no judgement.</summary>
static class UnknownWords
{
    static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " " };

    /// <summary>Why it is unknown, what it may have cost, and what the account said before and after.</summary>
    public static string Of(JobSpec job, JobState state)
    {
        var may = state.Current is { Cost: null, Reserved: > 0 and var credits }
            ? $"; it may have cost {Number(credits)} {(credits == 1 ? "credit" : "credits")}"
            : "";
        return (state.Reason ?? "its create may have been charged") + may + (Account(job, state) is { } said ? $"; account: {said}" : "");
    }

    /// <summary>What the account said before and after, or null if nobody could ask it.</summary>
    public static string? Account(JobSpec job, JobState state) => state is { HintBefore: { } before, HintAfter: { } after }
        ? $"balance {Change(before.Balance, after.Balance)}, generations of `{job.Model}` today {Change(before.DailyUsed, after.DailyUsed)}; "
            + "other jobs may have been charged in between"
        : null;

    static string Change(decimal before, decimal after) => before == after
        ? $"{Number(before)} before and after"
        : $"{Number(before)} before, {Number(after)} after";

    static string Number(decimal value) => value.ToString("#,0.##", Spaced);
}
