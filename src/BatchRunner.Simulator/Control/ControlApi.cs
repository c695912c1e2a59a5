using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;
using BatchRunner.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Control;

/// <summary>`/_simulator/…`: look behind the scenes and move them. No key is needed, and nothing of this exists at Runway.</summary>
sealed class ControlApi(Account account, FaultDesk faults, RequestLog requests)
{
    public async Task Serve(HttpContext context)
    {
        var answer = (context.Request.Method, context.Request.Path.Value) switch
        {
            ("GET", "/_simulator/ledger") => Answer.Ok(Ledger()),
            ("GET", "/_simulator/tasks") => Answer.Ok(Tasks()),
            ("GET", "/_simulator/requests") => Answer.Ok(requests.ToJson()),
            ("GET", "/_simulator/faults") => Answer.Ok(Faults()),
            ("PUT" or "POST", "/_simulator/faults") => await ChangeFaults(context),
            _ => Answer.NoRoute,
        };
        await Exchange.Write(context, answer);
    }

    /// <summary>Carries out the plan's changes to the account.</summary>
    public static void Apply(FaultPlan plan, Account account)
    {
        foreach (var fault in plan.Rules.Where(rule => rule.Place == "account").Select(rule => rule.Fault))
        {
            var number = decimal.Parse(fault.Argument ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            switch (fault.Verb)
            {
                case "revoke":
                    account.Revoke(TimeSpan.FromSeconds((double)number));
                    break;
                case "credits":
                    account.SetBalance(number);
                    break;
                case "dailycap":
                    account.SetDailyCap((int)number);
                    break;
                default:
                    account.MoveTo((int)number);
                    break;
            }
        }
    }

    async Task<Answer> ChangeFaults(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        if (FaultPlan.Parse(await reader.ReadToEndAsync(context.RequestAborted), out var problem) is not { } plan)
        {
            return Answer.Refuse(400, problem ?? "");
        }

        faults.Change(plan);
        account.Revoke(null);
        Apply(plan, account);
        return Answer.Ok(Faults());
    }

    JsonObject Faults() => new()
    {
        ["plan"] = faults.Plan.ToString(),
        ["struck"] = new JsonArray([.. faults.Struck().Select(rule => new JsonObject
        {
            ["rule"] = new FaultPlan([rule.Rule]).ToString(),
            ["count"] = rule.Count,
        })]),
    };

    JsonObject Ledger()
    {
        var view = account.View();
        return new JsonObject
        {
            ["balance"] = view.Balance,
            ["charges"] = view.Ledger.Count(entry => !entry.IsRefund),
            ["refunds"] = view.Ledger.Count(entry => entry.IsRefund),
            ["net"] = view.Ledger.Sum(entry => entry.Credits),
            ["entries"] = new JsonArray([.. view.Ledger.Select(entry => new JsonObject
            {
                ["at"] = Exchange.Time(entry.At),
                ["task"] = entry.TaskId,
                ["model"] = entry.Model,
                ["credits"] = entry.Credits,
                ["requestHash"] = entry.RequestHash,
            })]),
        };
    }

    JsonObject Tasks()
    {
        var view = account.View();
        return new JsonObject
        {
            ["now"] = Exchange.Time(view.Now),
            ["tasks"] = new JsonArray([.. view.Tasks.Select(task => new JsonObject
            {
                ["id"] = task.Record.Id,
                ["number"] = task.Record.Number,
                ["endpoint"] = task.Record.Endpoint,
                ["model"] = task.Record.Model,
                ["status"] = task.PhaseAt(view.Now).ToString().ToUpperInvariant(),
                ["progress"] = Math.Round(task.ProgressAt(view.Now), 4),
                ["requestHash"] = task.Record.RequestHash,
                ["fault"] = task.Record.Fault,
                ["output"] = task.Record.Output.Extension,
            })]),
        };
    }
}
