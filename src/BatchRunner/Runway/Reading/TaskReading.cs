using System.Globalization;
using System.Text.Json;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Runway.Reading;

/// <summary>What an exchange about a task that exists means. Nothing here is an end unless the API says so itself.</summary>
sealed class TaskReading(ServerWords words)
{
    public TaskAnswer ReadGet(TaskId asked, Exchange exchange) => exchange switch
    {
        Exchange.Answered { Status: 200 } answered => OfTask(asked, LooseJson.Object(answered.Body)),
        // A page saying "not found" is a machine on the way, not the API's word about the task.
        Exchange.Answered { Status: 404 } answered when !ServerWords.IsPage(answered.Body) => new TaskAnswer.Gone(),
        Exchange.Answered { Status: 401 or 403 } answered => new TaskAnswer.KeyRefused(Error(answered)),
        Exchange.Answered answered => new TaskAnswer.Trouble(Error(answered), answered.RetryAfter),
        _ => new TaskAnswer.Trouble(ReasonOf(exchange)),
    };

    public DeleteAnswer ReadDelete(Exchange exchange) => exchange switch
    {
        Exchange.Answered { Status: >= 200 and < 300 } => new DeleteAnswer.Confirmed(),
        Exchange.Answered { Status: 404 } answered when !ServerWords.IsPage(answered.Body) => new DeleteAnswer.Confirmed(),
        Exchange.Answered { Status: 401 or 403 } answered => new DeleteAnswer.KeyRefused(Error(answered)),
        Exchange.Answered answered => new DeleteAnswer.Trouble(Error(answered)),
        _ => new DeleteAnswer.Trouble(ReasonOf(exchange)),
    };

    /// <summary>Why there is no whole answer.</summary>
    public static string ReasonOf(Exchange exchange) => exchange switch
    {
        Exchange.Unsent unsent => unsent.Reason,
        Exchange.Broken broken => broken.Reason,
        _ => throw new NotSupportedException("a whole answer has no such reason"),
    };

    TaskAnswer OfTask(TaskId asked, JsonElement? task)
    {
        if (task.Member("status").Text() is not { Length: > 0 } status)
        {
            return Senseless("Runway answered 200 without a task's status");
        }

        if (task.Member("id").Text() is { } id && !string.Equals(id, asked.Value, StringComparison.OrdinalIgnoreCase))
        {
            return Senseless("Runway answered about another task");
        }

        var outputs = Outputs(task.Member("output"));
        return outputs is null
            ? Senseless("Runway named an output that is not a URL")
            : new TaskAnswer.Found(new TaskSnapshot
            {
                Id = asked,
                Status = StatusOf(status),
                StatusWord = Short(words.Clean(status)),
                Progress = ProgressOf(task.Member("progress").Number()),
                EstimatedCredits = task.Member("estimatedCost").Member("credits").Credits(),
                CostCredits = task.Member("cost").Member("credits").Credits(),
                Outputs = outputs,
                Failure = task.Member("failure").Text() is { } failure ? words.Clean(failure) : null,
                FailureCode = task.Member("failureCode").Text() is { } code ? Short(words.Clean(code)) : null,
                CreatedAt = DateTimeOffset.TryParse(
                    task.Member("createdAt").Text(),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var createdAt)
                        ? createdAt
                        : null,
            });
    }

    static TaskAnswer.Trouble Senseless(string reason) => new(reason, IsSenseless: true);

    static TaskStatus StatusOf(string word) => word.ToUpperInvariant() switch
    {
        "THROTTLED" => TaskStatus.Throttled,
        "PENDING" => TaskStatus.Pending,
        "RUNNING" => TaskStatus.Running,
        "SUCCEEDED" => TaskStatus.Succeeded,
        "FAILED" => TaskStatus.Failed,
        "CANCELLED" or "CANCELED" => TaskStatus.Cancelled,
        _ => TaskStatus.Other,
    };

    static double? ProgressOf(decimal? progress) => progress is { } part ? (double)Math.Clamp(part, 0, 1) : null;

    /// <summary>The outputs, or null if one can't be fetched: dropping it would lose a file that was paid for.</summary>
    static List<Uri>? Outputs(JsonElement? output)
    {
        var items = output is null or { ValueKind: JsonValueKind.Array } ? output.Items() : [output];
        var uris = new List<Uri>();
        foreach (var item in items)
        {
            var text = item.Text() ?? item.Member("url").Text() ?? item.Member("uri").Text();
            if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
            {
                return null;
            }

            uris.Add(uri);
        }

        return uris;
    }

    static string Short(string text) => text.Length > 200 ? text[..200] : text;

    string Error(Exchange.Answered answered) => words.ErrorOf(answered.Status, answered.Body);
}
