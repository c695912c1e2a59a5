using System.Text.Json.Nodes;

namespace BatchRunner.Simulator.Api;

/// <summary>What the API answers, before anything goes wrong on the way.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">JSON, or null for none.</param>
sealed record Answer(int Status, JsonObject? Body)
{
    const string Docs = "https://docs.dev.runwayml.com/errors/errors";

    public static Answer Ok(JsonObject body) => new(200, body);

    public static Answer NoContent { get; } = new(204, null);

    public static Answer NoTask => new(404, new JsonObject { ["error"] = "Could not find Task" });

    public static Answer NoRoute => new(404, new JsonObject { ["error"] = "Not found" });

    public static Answer WrongMethod => new(405, new JsonObject { ["error"] = "Method not allowed" });

    public static Answer KeyRefused =>
        Refuse(401, "The API key you provided is invalid or has been disabled.");

    public static Answer NoCredits => Refuse(400, "You do not have enough credits to run this task.");

    public static Answer DailyCap => Refuse(429, "Your daily task limit has been reached.");

    public static Answer Refuse(int status, string error) =>
        new(status, new JsonObject { ["error"] = error, ["docUrl"] = Docs });

    /// <summary>Everything wrong with a body, as the API lists it.</summary>
    public static Answer Rejected(IEnumerable<Issue> issues) => new(400, new JsonObject
    {
        ["error"] = "Validation of body failed",
        ["issues"] = new JsonArray([.. issues.Select(issue => issue.ToJson())]),
        ["docUrl"] = Docs,
    });
}

/// <summary>One mistake in a body.</summary>
/// <param name="Code">Such as `too_big`.</param>
/// <param name="Path">Member names and list indexes.</param>
/// <param name="Message">What is wrong.</param>
sealed record Issue(string Code, IReadOnlyList<JsonValue> Path, string Message)
{
    public Issue(string code, string member, string message)
        : this(code, [JsonValue.Create(member)], message)
    {
    }

    public JsonObject ToJson() => new()
    {
        ["code"] = Code,
        ["path"] = new JsonArray([.. Path]),
        ["message"] = Message,
    };
}
