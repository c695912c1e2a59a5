using System.Text.Json;
using BatchRunner.Cli.Text;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What the account said around a lost create: facts for a person to judge, no judgement.</summary>
static class HintWords
{
    /// <summary>One sentence.</summary>
    public static string Of(JobSpec job, JobState state) => UnknownWords.Account(job, state) is { } said
        ? SafeText.Line(said)
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
}
