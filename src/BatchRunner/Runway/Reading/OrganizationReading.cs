using System.Text.Json;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Runway.Reading;

/// <summary>What an exchange about the account means.</summary>
sealed class OrganizationReading(ServerWords words)
{
    public OrganizationAnswer Read(Exchange exchange) =>
        Meaning(exchange) with { ServerTime = (exchange as Exchange.Answered)?.Date };

    OrganizationAnswer Meaning(Exchange exchange) => exchange switch
    {
        Exchange.Answered { Status: 200 } answered => OfAccount(LooseJson.Object(answered.Body)),
        Exchange.Answered { Status: 401 or 403 } answered => new OrganizationAnswer.KeyRefused(Error(answered)),
        Exchange.Answered answered => new OrganizationAnswer.Trouble(Error(answered)),
        _ => new OrganizationAnswer.Trouble(
            TaskReading.ReasonOf(exchange), IsNobodyThere: exchange is Exchange.Unsent { IsRefused: true }),
    };

    static OrganizationAnswer OfAccount(JsonElement? account)
    {
        if (account.Member("creditBalance").Number() is not { } balance)
        {
            return new OrganizationAnswer.Trouble("Runway answered 200 without a credit balance");
        }

        var limits = account.Member("tier").Member("models");
        var usage = account.Member("usage").Member("models");
        var models = limits.Members().Concat(usage.Members())
            .Select(model => model.Name)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(
                name => name,
                name => new ModelAllowance(
                    limits.Member(name).Member("maxConcurrentGenerations").Count(),
                    limits.Member(name).Member("maxDailyGenerations").Count(),
                    usage.Member(name).Member("dailyGenerations").Count() ?? 0),
                StringComparer.Ordinal);
        return new OrganizationAnswer.Found(new Organization(balance, models));
    }

    string Error(Exchange.Answered answered) => words.ErrorOf(answered.Status, answered.Body);
}
