using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Models;
using BatchRunner.Simulator.Uploads;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Api;

/// <summary>The API's front desk: key, version, route, and the faults that strike answers.</summary>
sealed class RunwayApi(
    SimulatorOptions options, Account account, ModelRules rules, TasksApi tasks, UploadsApi uploads, FaultDesk faults)
{
    const string Version = "2024-11-06";

    readonly OrganizationApi organization = new(account);
    readonly GenerationApi generation = new(account, rules, faults);

    public async Task Serve(HttpContext context)
    {
        if (Refusal(context) is { } refused)
        {
            await Exchange.Write(context, refused);
            return;
        }

        var path = (context.Request.Path.Value ?? "")["/v1/".Length..];
        await ((context.Request.Method, path.Split('/')) switch
        {
            ("GET", ["organization"]) => Answered(context, "org", path, () => organization.Read()),
            ("POST", ["organization", "usage"]) => Usage(context, path),
            ("GET", ["tasks", var id]) => Answered(context, "get", id, () => tasks.Read(id)),
            ("DELETE", ["tasks", var id]) => Answered(context, "delete", id, () => tasks.Delete(id)),
            ("POST", ["uploads"]) => Upload(context),
            ("POST", [var endpoint]) when rules.Endpoints.Contains(endpoint) => Create(context, endpoint),
            (_, ["organization"] or ["organization", "usage"] or ["tasks", _] or ["uploads"]) =>
                Exchange.Write(context, Answer.WrongMethod),
            (_, [var endpoint]) when rules.Endpoints.Contains(endpoint) => Exchange.Write(context, Answer.WrongMethod),
            _ => Exchange.Write(context, Answer.NoRoute),
        });
    }

    Answer? Refusal(HttpContext context)
    {
        var key = context.Request.Headers.Authorization.ToString();
        if (!key.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || key["Bearer ".Length..].Trim() is not { Length: > 0 } bare
            || (options.Key is { } expected && bare != expected)
            || account.IsKeyRefused)
        {
            return Answer.KeyRefused;
        }

        return context.Request.Headers["X-Runway-Version"].ToString() switch
        {
            Version => null,
            "" => Answer.Refuse(400, "The X-Runway-Version header is required."),
            _ => Answer.Refuse(400, $"The X-Runway-Version header must be {Version}."),
        };
    }

    async Task Usage(HttpContext context, string path)
    {
        var body = await Exchange.ReadJson(context);
        await Answered(context, "org", path, () => organization.Usage(body));
    }

    async Task Upload(HttpContext context)
    {
        var body = await Exchange.ReadJson(context);
        await Answered(context, "upload", body?["filename"]?.ToJsonString() ?? "", () => uploads.Create(body));
    }

    async Task Create(HttpContext context, string endpoint)
    {
        if (await Exchange.ReadJson(context) is not { } body)
        {
            await Exchange.Write(context, Answer.Refuse(400, "Invalid JSON in request body"));
            return;
        }

        var media = new MediaSources(body, account);
        var hash = RequestHash.Of(endpoint, body, media.Hash);
        RequestMarks.Hashed(context, hash);
        await Answered(
            context, "post", hash, () => generation.Create(endpoint, body, hash, media), body["promptText"]?.ToString() ?? "");
    }

    // A fault before the work keeps it from being done; one after it loses the answer to work that was done.
    async Task Answered(HttpContext context, string place, string subject, Func<Answer> work, string text = "")
    {
        var fault = faults.Draw(place, subject, text);
        if (fault is { IsAfter: false })
        {
            RequestMarks.Struck(context, fault);
            await AnswerSabotage.Send(context, fault, Answer.Refuse(500, "Internal server error"), account.Clock);
            return;
        }

        var answer = work();
        if (fault is null || answer.Status >= 300)
        {
            await Exchange.Write(context, answer);
            return;
        }

        RequestMarks.Struck(context, fault);
        await AnswerSabotage.Send(context, fault, answer, account.Clock);
    }
}
