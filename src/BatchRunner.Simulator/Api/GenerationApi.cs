using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Models;

namespace BatchRunner.Simulator.Api;

/// <summary>The create of every generation endpoint: checked, priced, charged, accepted.</summary>
sealed class GenerationApi(Account account, ModelRules rules, FaultDesk faults)
{
    public Answer Create(string endpoint, JsonObject body, string requestHash, MediaSources media)
    {
        if (rules.Check(endpoint, body, media) is { Count: > 0 } issues)
        {
            return Answer.Rejected(issues);
        }

        var prompt = JsonValues.Text(body["promptText"]) ?? "";
        var (task, refusal) = account.Create(rules.Request(endpoint, body, requestHash, media) with
        {
            Fault = identity => faults.Draw("task", identity, prompt)?.ToString(),
        });
        return (task, refusal) switch
        {
            (_, Refusal.DailyCap) => Answer.DailyCap,
            ({ } made, _) => Answer.Ok(new JsonObject
            {
                ["id"] = made.Id,
                ["estimatedCost"] = new JsonObject { ["credits"] = made.Estimate },
            }),
            _ => Answer.NoCredits,
        };
    }
}
