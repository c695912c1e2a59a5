using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;

namespace BatchRunner.Simulator.Api;

/// <summary>The create of every generation endpoint: checked, priced, charged, accepted.</summary>
sealed class GenerationApi(Account account, ModelRules rules)
{
    public Answer Create(string endpoint, JsonObject body, string requestHash, Func<string, MediaFacts?> media)
    {
        if (rules.Check(endpoint, body, media) is { Count: > 0 } issues)
        {
            return Answer.Rejected(issues);
        }

        var model = (string?)body["model"] ?? "";
        var (task, refusal) = account.Create(new TaskRequest(
            endpoint,
            model,
            requestHash,
            rules.Estimate(endpoint, body, media),
            rules.Plan(endpoint, body, media)));
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
