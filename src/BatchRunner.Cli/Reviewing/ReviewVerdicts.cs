using System.Buffers;
using System.Text.Json;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Results.Reviewing;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Cli.Reviewing;

/// <summary>Takes what the page's reader says of a take, and writes it into the review file before it answers.</summary>
/// <param name="page">Knows which takes there are.</param>
/// <param name="file">The review file.</param>
sealed class ReviewVerdicts(ReviewPage page, ReviewFile file)
{
    const int LongestNote = 4000;
    const int LongestName = 100;

    public async Task Take(HttpContext context)
    {
        var (verdict, problem) = await Read(context);
        if (verdict is null)
        {
            await Answer(context, StatusCodes.Status400BadRequest, json => json.WriteString("problem", problem));
            return;
        }

        var table = page.Table;
        var row = table.Rows.FirstOrDefault(row => row.Job.SharesWith is null && row.Job.Key.Hex == verdict.Key);
        if (row?.State.Status != JobStatus.Done || (row.State.Task?.Value ?? "") != verdict.Task)
        {
            await Answer(context, StatusCodes.Status409Conflict, json => json.WriteString(
                "problem", "the run does not have this clip any more: load the page again"));
            return;
        }

        var order = table.Rows.Select((each, i) => (each.Job.Key.Hex, i)).DistinctBy(each => each.Hex)
            .ToDictionary(each => each.Hex, each => each.i, StringComparer.OrdinalIgnoreCase);
        var (review, isMerged, trouble) = file.Put(verdict with { Job = row.Job.Id }, key => order.TryGetValue(key, out var i) ? i : null);
        if (review is null)
        {
            await Answer(context, StatusCodes.Status409Conflict, json => json.WriteString("problem", Words(trouble)));
            return;
        }

        await Answer(context, StatusCodes.Status200OK, json =>
        {
            json.WriteBoolean("merged", isMerged);
            if (isMerged)
            {
                json.WritePropertyName("review");
                VerdictsJson.Write(json, review, table);
            }
        });
    }

    static async Task<(Verdict? Verdict, string? Problem)> Read(HttpContext context)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
            var verdict = new Verdict(
                Text(json, "key"), Text(json, "task"), "", Text(json, "decision"), Text(json, "note").Trim(), Text(json, "by").Trim());
            return !Decisions.Has(verdict.Decision) ? (null, $"`{verdict.Decision}` is no decision")
                : verdict.Note.Length > LongestNote ? (null, $"the note is longer than {LongestNote} characters")
                : verdict.By.Length > LongestName ? (null, $"the name is longer than {LongestName} characters")
                : (verdict, null);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or KeyNotFoundException or BadHttpRequestException)
        {
            return (null, "that is no verdict");
        }
    }

    // One kind of line end, and nothing that a sheet can't hold.
    static string Text(JsonDocument json, string name)
    {
        var text = (json.RootElement.GetProperty(name).GetString() ?? "").ReplaceLineEndings("\n");
        return string.Concat(text.Where(c => !char.IsControl(c) || c is '\n' or '\t'));
    }

    static string Words(Diagnostic? trouble) => trouble is null ? ""
        : (trouble.Place is { } place ? $"{place.File.Path}:{place.Line}: " : "") + $"{trouble.Code}: {trouble.Message}";

    static async Task Answer(HttpContext context, int status, Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.WrittenCount;
        await context.Response.Body.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
    }
}
