using System.Globalization;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs;

/// <summary>A run as JSON lines on standard output, every event of it, as schemas/events.schema.json describes them.</summary>
/// <param name="writer">Standard output.</param>
/// <param name="time">Real time, for whoever reads along.</param>
sealed class JsonView(TextWriter writer, TimeProvider time) : IRunView
{
    /// <summary>The form of the events; a reader that knows another number should stop.</summary>
    public const int Version = 1;

    public void Started(RunSummary summary) => Write("started", json =>
    {
        json.WriteNumber("version", Version);
        Write(json, summary);
    });

    public void Job(JobSpec job, JobNews news, RunSummary summary) => Write("job", json =>
    {
        json.WriteString("job", job.Id);
        json.WriteString("key", job.Key.Hex);
        json.WriteString("news", news.Kind.ToString().ToLowerInvariant());
        json.WriteString("text", news.Text);
        if (news.Progress is { } progress)
        {
            json.WriteNumber("progress", Math.Round(progress, 3));
        }
    });

    public void Note(string message) => Write("note", json => json.WriteString("message", message));

    public void Finished(RunSummary summary) => Write("finished", json => Write(json, summary));

    /// <summary>The canaries are over, and the rest waits for a yes.</summary>
    /// <param name="jobs">How many canaries there are.</param>
    /// <param name="done">How many of them are done.</param>
    /// <param name="credits">What they did cost, and may have cost.</param>
    /// <param name="restJobs">How many jobs are submitted after a yes.</param>
    /// <param name="restCredits">What those may cost.</param>
    public void Canary(int jobs, int done, decimal credits, int restJobs, decimal restCredits) => Write("canary", json =>
    {
        json.WriteNumber("jobs", jobs);
        json.WriteNumber("done", done);
        json.WriteNumber("credits", credits);
        json.WriteNumber("restJobs", restJobs);
        json.WriteNumber("restCredits", restCredits);
    });

    void Write(string type, Action<Utf8JsonWriter> members)
    {
        writer.WriteLine(JsonLine.Of(type, json =>
        {
            json.WriteString("at", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            members(json);
        }));
        writer.Flush();
    }

    static void Write(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteNumber("total", summary.Total);
        json.WriteNumber("planned", summary.Planned);
        json.WriteNumber("queued", summary.Queued);
        json.WriteNumber("running", summary.Running);
        json.WriteNumber("downloading", summary.Downloading);
        json.WriteNumber("done", summary.Done);
        json.WriteNumber("failed", summary.Failed);
        json.WriteNumber("unknown", summary.Unknown);
        json.WriteNumber("cancelled", summary.Cancelled);
        json.WriteNumber("screened", summary.Screened);
        json.WriteNumber("spent", summary.Spent);
        json.WriteNumber("reserved", summary.Reserved);
        if (summary.MaxCredits is { } cap)
        {
            json.WriteNumber("maxCredits", cap);
        }
    }
}
