using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Faults;

/// <summary>Sends an answer of the API wrongly.</summary>
static class AnswerSabotage
{
    const string GatewayPage = "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n</body>\r\n</html>\r\n";

    /// <param name="context">The request.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="right">The answer that should have been.</param>
    /// <param name="clock">For what is slow.</param>
    public static async Task Send(HttpContext context, Fault fault, Answer right, ScaledClock clock)
    {
        var wire = new Wire(context);
        switch (fault.Verb)
        {
            case "rst":
                wire.Reset();
                break;
            case "fin":
                await wire.Finish();
                break;
            case "half":
                var bytes = Exchange.Bytes(right.Body ?? []);
                await wire.Send(
                    $"HTTP/1.1 {right.Status} OK\r\nContent-Type: application/json; charset=utf-8\r\n" +
                    $"Content-Length: {bytes.Length}\r\n\r\n");
                await wire.Send(bytes.AsMemory(0, bytes.Length / 2));
                await wire.Finish();
                break;
            case "hang":
                await wire.Hang();
                break;
            case "drip":
                await Drip(context, right, clock);
                break;
            case "html":
                await Page(context, 200, "Runway");
                break;
            case "badjson":
                await Text(context, right.Status, "application/json; charset=utf-8", "{\"id\": \"4f0c");
                break;
            case "noid":
                right.Body?.Remove("id");
                await Exchange.Write(context, right);
                break;
            case "newshape":
                await Exchange.Write(context, right with { Body = NewShape(right.Body ?? []) });
                break;
            case "307":
                context.Response.Headers.Location = context.Request.Path + "?again=1";
                await Exchange.Write(context, new Answer(307, null));
                break;
            default:
                await Status(context, fault);
                break;
        }
    }

    static async Task Status(HttpContext context, Fault fault)
    {
        var status = int.Parse(fault.Verb, CultureInfo.InvariantCulture);
        if (fault.Argument is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds;
        }

        // Behind the charge only a gateway can lose the answer, and gateways speak HTML.
        if (status is 502 or 504 || (status == 503 && fault.IsAfter))
        {
            await Page(context, status, status switch
            {
                502 => "502 Bad Gateway",
                503 => "503 Service Temporarily Unavailable",
                _ => "504 Gateway Time-out",
            });
            return;
        }

        await Exchange.Write(context, status switch
        {
            401 => Answer.KeyRefused,
            404 => Answer.NoTask,
            429 => Answer.Refuse(429, "You have exceeded the rate limit for this endpoint."),
            _ => Answer.Refuse(status, status switch
            {
                400 => "Validation of body failed",
                408 => "Request timeout",
                409 => "Conflict",
                413 => "Payload too large",
                503 => "We are shedding load. Please try again later.",
                _ => "Internal server error",
            }),
        });
    }

    static async Task Drip(HttpContext context, Answer right, ScaledClock clock)
    {
        var bytes = Exchange.Bytes(right.Body ?? []);
        context.Response.StatusCode = right.Status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        for (var i = 0; i < bytes.Length; i++)
        {
            await context.Response.Body.WriteAsync(bytes.AsMemory(i, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await clock.Wait(TimeSpan.FromSeconds(1), context.RequestAborted);
        }
    }

    // What a next version might say: more members, deeper ones, a status nobody knows.
    static JsonObject NewShape(JsonObject right)
    {
        var body = right.DeepClone().AsObject();
        body["object"] = "generation";
        body["links"] = new JsonArray(new JsonObject { ["rel"] = "self", ["href"] = "/v2/generations" });
        if (body["estimatedCost"] is JsonObject cost)
        {
            cost["breakdown"] = new JsonArray(new JsonObject { ["credits"] = cost["credits"]?.DeepClone(), ["for"] = "output" });
        }

        if (body.ContainsKey("status"))
        {
            body["status"] = "REVIEWING";
            body["progress"] = new JsonObject { ["fraction"] = 0.5 };
        }

        return body;
    }

    static Task Page(HttpContext context, int status, string title) => Text(
        context,
        status,
        "text/html",
        GatewayPage.Replace("{0}", title, StringComparison.Ordinal));

    static async Task Text(HttpContext context, int status, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
