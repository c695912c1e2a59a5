using System.Text.Json;
using BatchRunner.Jobs;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>All there is to say about one job, for programs.</summary>
static class ExplanationJson
{
    public static string Of(Explanation explained, IReadOnlyList<JobEvent> events) => JsonLine.Of("explanation", json =>
    {
        var (job, state) = (explained.Spec, explained.State);
        json.WriteString("job", job.Id);
        json.WriteString("status", state.Status.ToString().ToLowerInvariant());
        json.WriteString("why", WhyWords.Of(state));
        json.WriteString("next", ExplanationView.NextOf(explained));
        json.WriteBoolean("submit", explained.Planned?.WillSubmit == true);
        json.WriteString("sharesWith", job.SharesWith);
        json.WriteString("model", job.Model);
        json.WriteString("prompt", job.Prompt);
        json.WriteNumber("spent", state.Spent);
        json.WriteNumber("reserved", state.Reserved);
        HintWords.Write(json, state);
        json.WriteString("failureCode", state.Failure?.Code);
        json.WriteString("failureClass", state.Failure?.Class);
        json.WriteString("failureMeaning", FailureClasses.Named(state.Failure?.Class ?? "")?.Meaning);
        Array(json, "attempts", state.Attempts, attempt => Write(json, attempt));
        Array(json, "events", events, happened =>
        {
            json.WriteString("at", Moments.Iso(happened.At));
            json.WriteNumber("attempt", happened.Fence);
            json.WriteString("text", EventWords.Of(happened));
        });
        Array(json, "changes", explained.Planned?.Changes ?? [], change =>
        {
            json.WriteString("field", change.Field);
            json.WriteString("old", change.Old);
            json.WriteString("new", change.New);
        });
        Array(json, "files", state.Files, file =>
        {
            json.WriteString("path", file.Path);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
        });
        Array(json, "namesakes", explained.Namesakes, other =>
        {
            json.WriteString("key", other.Spec.Key.Hex);
            json.WriteString("status", other.State.Status.ToString().ToLowerInvariant());
        });
        json.WriteString("key", job.Key.Hex);
    });

    static void Write(Utf8JsonWriter json, Attempt attempt)
    {
        json.WriteNumber("attempt", attempt.Number);
        json.WriteString("task", attempt.Task?.Value);
        json.WriteBoolean("unknown", attempt.IsUnknown);
        json.WriteNumber("reservedFor", attempt.Reserved);
        if (attempt.Cost is { } cost)
        {
            json.WriteNumber("cost", cost);
        }
        else
        {
            json.WriteNull("cost");
        }

        json.WriteString("intendedAt", Moments.Iso(attempt.IntendedAt));
        json.WriteString("submittedAt", Moments.Iso(attempt.SubmittedAt));
        json.WriteString("runningAt", Moments.Iso(attempt.RunningSince));
        json.WriteString("endedAt", Moments.Iso(attempt.EndedAt));
    }

    static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
