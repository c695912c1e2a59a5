using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Results.Report;

/// <summary>
/// Writes report.html: one page without a network, beside the media it shows. Data enters as JSON that no script can be
/// hidden in, the page's own style and script by their hashes; the same bytes for the same table.
/// </summary>
static class ReportPage
{
    static readonly string Style = Resource("report.css");
    static readonly string Script = Resource("report.js") + Resource("report-cards.js") + Resource("report-views.js");

    /// <summary>The page's bytes.</summary>
    public static byte[] Write(ReportHead head, ResultsTable table)
    {
        using var bytes = new MemoryStream();
        Write(bytes, head, table);
        return bytes.ToArray();
    }

    /// <summary>Writes the page, job by job.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="head">What stands above the clips.</param>
    /// <param name="table">The jobs.</param>
    public static void Write(Stream output, ReportHead head, ResultsTable table)
    {
        var frame = Resource("report.html").Split("{{data}}");
        output.Write(Encoding.UTF8.GetBytes(Filled(frame[0], head)));
        WriteData(output, head, table);
        output.Write(Encoding.UTF8.GetBytes(Filled(frame[1], head)));
    }

    static string Filled(string part, ReportHead head) => new StringBuilder(part)
        .Replace("{{csp}}", WebUtility.HtmlEncode(Policy(head)))
        .Replace("{{title}}", WebUtility.HtmlEncode(head.Name))
        .Replace("{{style}}", Style)
        .Replace("{{script}}", Script)
        .ToString();

    /// <summary>
    /// What the page may do. It talks to `review` and to nothing else. Beside its media on a disk it has no origin that
    /// 'self' could name in every browser, so there media of the disk are let in; in a folder that is served, `'self'` is it.
    /// </summary>
    public static string Policy(ReportHead head)
    {
        var media = head.Token is null ? "'self' file:" : "'self'";
        return $"default-src 'none'; img-src {media}; media-src {media}; "
            + (head.Token is null ? "" : "connect-src 'self'; ")
            + $"style-src {Hash(Style)}; script-src {Hash(Script)}; base-uri 'none'; form-action 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
    }

    static void WriteData(Stream output, ReportHead head, ResultsTable table)
    {
        // The default encoder writes <, > and & as escapes: no text can end the script element it stands in.
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteString("name", head.Name);
        json.WriteString("description", head.Description);
        json.WriteString("against", head.Against);
        json.WriteString("folderId", head.FolderId);
        json.WriteString("token", head.Token);
        json.WriteString("by", head.By);
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
        json.WritePropertyName("review");
        VerdictsJson.Write(json, head.Review, table);
        json.WriteStartArray("jobs");
        foreach (var row in table.Rows)
        {
            Write(json, head, table.Axes, row);
            if (json.BytesPending > 1 << 16)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ReportHead head, IReadOnlyList<Axis> axes, ResultRow row)
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
        json.WriteString("endedAt", attempt?.EndedAt?.ToString("O"));
        json.WriteStartArray("files");
        foreach (var file in state.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("poster", state.Files is [var first, ..] ? head.PosterOf(first) : null);
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
