using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Api;

/// <summary>Reading a request's JSON and writing an answer as the API's server does.</summary>
static class Exchange
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    /// <summary>The body as an object, or null if it is none.</summary>
    public static async Task<JsonObject?> ReadJson(HttpContext context)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        if (buffer.Length == 0)
        {
            return [];
        }

        try
        {
            var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
            var body = JsonNode.Parse(bytes, documentOptions: Strict) as JsonObject;
            _ = body?.Count;
            return body;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            // ArgumentException: a member is there twice.
            return null;
        }
    }

    public static async Task Write(HttpContext context, Answer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        Mark(context);
        if (answer.Body is not { } body)
        {
            return;
        }

        var bytes = Bytes(body);
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>The headers every answer of the API carries.</summary>
    public static void Mark(HttpContext context)
    {
        context.Response.Headers["x-powered-by"] = "Express";
        context.Response.Headers["apigw-requestid"] = RequestId(context);
    }

    public static byte[] Bytes(JsonNode body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            body.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>A time as the API writes it.</summary>
    public static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    static string RequestId(HttpContext context) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(context.TraceIdentifier)).AsSpan(0, 11));
}
