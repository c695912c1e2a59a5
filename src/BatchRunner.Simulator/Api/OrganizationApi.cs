using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;

namespace BatchRunner.Simulator.Api;

/// <summary>`/v1/organization` and `/v1/organization/usage`: balance, limits, use.</summary>
sealed class OrganizationApi(Account account)
{
    public Answer Read()
    {
        var view = account.View();
        var limits = new JsonObject();
        var usage = new JsonObject();
        foreach (var model in view.Models)
        {
            limits[model.Name] = new JsonObject
            {
                ["maxConcurrentGenerations"] = model.Slots,
                ["maxDailyGenerations"] = model.DailyCap,
            };
            usage[model.Name] = new JsonObject { ["dailyGenerations"] = model.Today };
        }

        return Answer.Ok(new JsonObject
        {
            ["creditBalance"] = view.Balance,
            ["tier"] = new JsonObject
            {
                ["maxMonthlyCreditSpend"] = view.Tier.MonthlyDollars * 100,
                ["models"] = limits,
            },
            ["usage"] = new JsonObject { ["models"] = usage },
        });
    }

    public Answer Usage(JsonObject? body)
    {
        var view = account.View();
        var today = DateOnly.FromDateTime(view.Now.UtcDateTime);
        if (body is null || !Day(body, "startDate", today.AddDays(-30), out var start))
        {
            return Answer.Rejected([new Issue("invalid_format", "startDate", "Invalid ISO date")]);
        }

        if (!Day(body, "beforeDate", start.AddDays(30), out var before))
        {
            return Answer.Rejected([new Issue("invalid_format", "beforeDate", "Invalid ISO date")]);
        }

        if (before <= start || before.DayNumber - start.DayNumber > 90)
        {
            return Answer.Rejected(
                [new Issue("custom", "beforeDate", "beforeDate must be after startDate and at most 90 days later")]);
        }

        var days = view.Ledger
            .GroupBy(entry => DateOnly.FromDateTime(entry.At.UtcDateTime))
            .Where(day => day.Key >= start && day.Key < before)
            .OrderBy(day => day.Key)
            .ToList();
        return Answer.Ok(new JsonObject
        {
            ["results"] = new JsonArray([.. days.Select(Used)]),
            ["models"] = new JsonArray([.. days.SelectMany(day => day).Select(entry => entry.Model).Distinct()
                .Order(StringComparer.Ordinal).Select(model => JsonValue.Create(model))]),
        });
    }

    static JsonObject Used(IGrouping<DateOnly, LedgerEntry> day) => new()
    {
        ["date"] = day.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["usedCredits"] = new JsonArray([.. day.GroupBy(entry => entry.Model).Select(model => new JsonObject
        {
            ["model"] = model.Key,
            ["amount"] = model.Sum(entry => entry.Credits),
        })]),
    };

    static bool Day(JsonObject body, string member, DateOnly otherwise, out DateOnly day)
    {
        day = otherwise;
        return body[member] is null
            || (body[member] is JsonValue value && value.TryGetValue<string>(out var text)
                && DateOnly.TryParseExact(text, "yyyy-MM-dd", out day));
    }
}
