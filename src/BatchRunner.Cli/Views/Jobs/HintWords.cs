using System.Text.Json;
using BatchRunner.Cli.Text;
using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What the account said around a lost create: facts for a person to judge, no judgement.</summary>
static class HintWords
{
    /// <summary>One sentence.</summary>
    public static string Of(JobSpec job, JobState state) => state is { HintBefore: { } before, HintAfter: { } after }
        ? $"balance {Change(before.Balance, after.Balance)}, generations of `{SafeText.Line(job.Model)}` today {Change(before.DailyUsed, after.DailyUsed)}; "
            + "other jobs may have been charged in between"
        : "nobody asked it: the run ended, or it gave no answer";

    /// <summary>As a member of a JSON object.</summary>
    public static void Write(Utf8JsonWriter json, JobState state)
    {
        if (state is not { HintBefore: { } before, HintAfter: { } after })
        {
            return;
        }

        json.WriteStartObject("account");
        json.WriteNumber("balanceBefore", before.Balance);
        json.WriteNumber("balanceAfter", after.Balance);
        json.WriteNumber("dailyBefore", before.DailyUsed);
        json.WriteNumber("dailyAfter", after.DailyUsed);
        json.WriteEndObject();
    }

    static string Change(decimal before, decimal after) => before == after
        ? $"{Figures.Number(before)} before and after"
        : $"{Figures.Number(before)} before, {Figures.Number(after)} after";
}
