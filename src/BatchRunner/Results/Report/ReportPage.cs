using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Results.Report;

/// <summary>
/// Writes report.html: one page without a network, beside the media it shows. Data enters as JSON that no script can be
/// hidden in, the page's own style and script by their hashes; the same bytes for the same table.
/// </summary>
static class ReportPage
{
    static readonly string Style = Resource("report.css");
    static readonly string Script = Resource("report.js") + Resource("report-views.js");

    /// <summary>The page's bytes.</summary>
    public static byte[] Write(ReportHead head, ResultsTable table)
    {
        // `file:` because a page opened from disk has no origin that 'self' could name.
        var policy = "default-src 'none'; img-src 'self' file:; media-src 'self' file:; connect-src 'self'; "
            + $"style-src {Hash(Style)}; script-src {Hash(Script)}; base-uri 'none'; form-action 'none'";
        var page = new StringBuilder(Resource("report.html"))
            .Replace("{{csp}}", WebUtility.HtmlEncode(policy))
            .Replace("{{title}}", WebUtility.HtmlEncode(head.Name))
            .Replace("{{style}}", Style)
            .Replace("{{script}}", Script)
            .Replace("{{data}}", Data(head, table));
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    static string Data(ReportHead head, ResultsTable table)
    {
        using var bytes = new MemoryStream();
        // The default encoder writes <, > and & as escapes: no text can end the script element it stands in.
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("name", head.Name);
            json.WriteString("description", head.Description);
            json.WriteString("against", head.Against);
            json.WriteString("folderId", head.FolderId);
            json.WriteString("token", head.Token);
            Strings(json, "templates", table.Rows.Select(row => row.Job.Template).OfType<string>().Distinct());
            json.WriteStartArray("axes");
            foreach (var axis in table.Axes)
            {
                json.WriteStartObject();
                json.WriteString("name", axis.Name);
                Strings(json, "labels", table.Rows.Select(row => Label(row.Job, axis.Name)).OfType<string>().Distinct());
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("review");
            foreach (var verdict in head.Review)
            {
                Write(json, verdict);
            }

            json.WriteEndArray();
            json.WriteStartArray("jobs");
            foreach (var row in table.Rows)
            {
                Write(json, table.Axes, row);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    static void Write(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("key", verdict.Key);
        json.WriteString("job", verdict.Job);
        json.WriteString("decision", verdict.Decision);
        json.WriteString("note", verdict.Note);
        json.WriteString("by", verdict.By);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, IReadOnlyList<Axis> axes, ResultRow row)
    {
        var (job, state) = (row.Job, row.State);
        var attempt = state.Current;
        json.WriteStartObject();
        json.WriteString("job", job.Id);
        json.WriteString("key", job.Key.Hex);
        json.WriteString("template", job.Template);
        json.WriteStartObject("axes");
        foreach (var axis in axes)
        {
            json.WriteString(axis.Name, Label(job, axis.Name));
        }

        json.WriteEndObject();
        json.WriteNumber("take", job.Take);
        json.WriteString("status", state.Status.ToString().ToLowerInvariant());
        json.WriteString("model", job.Model);
        json.WriteString("prompt", job.Prompt);
        json.WriteString("ratio", job.Ratio);
        Number(json, "duration", job.Duration);
        Number(json, "seed", job.Seed);
        json.WriteString("taskId", state.Task?.Value);
        json.WriteNumber("attempts", state.Tasks);
        Number(json, "estimated", row.EstimatedCredits);
        Number(json, "cost", row.CostCredits);
        Number(json, "queued", row.QueuedSeconds);
        Number(json, "running", row.RunningSeconds);
        Number(json, "download", row.DownloadSeconds);
        json.WriteString("submittedAt", attempt?.SubmittedAt?.ToString("O"));
        json.WriteString("finishedAt", (state.SavedAt ?? attempt?.EndedAt)?.ToString("O"));
        json.WriteString("file", string.Join(';', state.Files.Select(file => file.Path)));
        json.WriteNumber("bytes", state.Files.Sum(file => file.Bytes));
        json.WriteString("sha256", string.Join(';', state.Files.Select(file => file.Sha256)));
        json.WriteString("failure", row.Failure);
        json.WriteString("failureCode", row.FailureCode);
        json.WriteString("nextStep", row.NextStep);
        json.WriteBoolean("orphaned", row.IsOrphaned);
        json.WriteEndObject();
    }

    static string? Label(JobSpec job, string axis) => job.Rows.FirstOrDefault(row => row.Axis == axis)?.Label;

    static void Number(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    static string Hash(string text) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";

    static string Resource(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in this build");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
