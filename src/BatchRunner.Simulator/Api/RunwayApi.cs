using Microsoft.AspNetCore.Http;
using BatchRunner.Simulator.Accounts;

namespace BatchRunner.Simulator.Api;

/// <summary>The API's front desk: key, version, route.</summary>
sealed class RunwayApi(SimulatorOptions options, Account account, ModelRules rules, OutputUrls urls)
{
    const string Version = "2024-11-06";

    readonly OrganizationApi organization = new(account);
    readonly TasksApi tasks = new(account, urls);
    readonly GenerationApi generation = new(account, rules);

    public async Task Serve(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var answer = path.StartsWith("/v1/", StringComparison.Ordinal)
            ? Refusal(context) ?? await Route(context, path["/v1/".Length..].Split('/'))
            : Answer.NoRoute;
        await Exchange.Write(context, answer);
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
            "" => Answer.Refuse(400, "The X-Runway-Version header is required."),
            Version => null,
            _ => Answer.Refuse(400, $"The X-Runway-Version header must be {Version}."),
        };
    }

    async Task<Answer> Route(HttpContext context, string[] path) => (context.Request.Method, path) switch
    {
        ("GET", ["organization"]) => organization.Read(),
        ("POST", ["organization", "usage"]) => organization.Usage(await Exchange.ReadJson(context)),
        ("GET", ["tasks", var id]) => tasks.Read(id),
        ("DELETE", ["tasks", var id]) => tasks.Delete(id),
        ("POST", [var endpoint]) when rules.Endpoints.Contains(endpoint) => await Create(context, endpoint),
        (_, ["organization"] or ["organization", "usage"] or ["tasks", _]) => Answer.WrongMethod,
        (_, [var endpoint]) when rules.Endpoints.Contains(endpoint) => Answer.WrongMethod,
        _ => Answer.NoRoute,
    };

    async Task<Answer> Create(HttpContext context, string endpoint)
    {
        if (await Exchange.ReadJson(context) is not { } body)
        {
            return Answer.Refuse(400, "Invalid JSON in request body");
        }

        return generation.Create(endpoint, body, RequestHash.Of(endpoint, body, _ => null), _ => null);
    }
}
