using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Results.Reviewing;
using BatchRunner.Runway;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.EndToEnd.Browser;

/// <summary>Reports of jobs that no run would make, beside files that play.</summary>
static class MadeReports
{
    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A run's folder at another place.</summary>
    public static string Copy(string run, string to)
    {
        foreach (var file in Directory.GetFiles(run, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(run, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? to);
            File.Copy(file, target);
        }

        return to;
    }

    /// <summary>A finished job with a note and a failed one for each payload, which stands in every text of both.</summary>
    public static string Hostile(string folder, string clip, string payloads)
    {
        var texts = JsonSerializer.Deserialize(File.ReadAllText(payloads), TextsJson.Default.StringArray) ?? [];
        var rows = new List<ResultRow>();
        var verdicts = new List<Verdict>();
        foreach (var (i, text) in texts.Index())
        {
            var name = FileName(text) + ".mp4";
            File.Copy(clip, Path.Combine(folder, name), overwrite: true);
            var job = Job(2 * i, text, text) with { Id = text, Prompt = text, Ratio = text, Model = text };
            rows.Add(new ResultRow(job, Done(2 * i, text, name)));
            rows.Add(new ResultRow(job with { Index = (2 * i) + 1, Key = MadeJobs.Job((2 * i) + 1).Key }, Failed((2 * i) + 1, text)));
            verdicts.Add(new Verdict(job.Key.Hex, text, text, Decisions.Approved, text, text));
        }

        return Write(folder, texts[1], rows, new Review(verdicts));
    }

    /// <summary>So many finished clips of two templates, all of them one file under different names.</summary>
    public static string Many(string folder, string clip, int count)
    {
        var rows = new List<ResultRow>();
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"clip-{i:000}");
            File.CreateSymbolicLink(Path.Combine(folder, name + ".mp4"), clip);
            rows.Add(new ResultRow(
                Job(i, i % 2 == 0 ? "calm" : "bold", string.Create(CultureInfo.InvariantCulture, $"m{i / 2:000}")) with { Id = name },
                Done(i, name, name + ".mp4")));
        }

        return Write(folder, "many", rows, Review.Empty);
    }

    static string Write(string folder, string name, List<ResultRow> rows, Review review)
    {
        var head = new ReportHead { Name = name, Description = name, Against = name, FolderId = name, Review = review };
        Axis[] axes = [new("message", ["id", "headline"])];
        var page = Path.Combine(folder, "report.html");
        File.WriteAllBytes(page, ReportPage.Write(head, new ResultsTable(axes, rows)));
        return page;
    }

    static JobSpec Job(int index, string template, string label)
    {
        var job = MadeJobs.Job(index) with { Template = template };
        return job with { Rows = [job.Rows[0] with { Label = label }] };
    }

    static JobState Done(int index, string task, string file) => Life(
        new JobEvent.Intended(Nine.AddSeconds(index), 1, 25),
        new JobEvent.Submitted(Nine.AddSeconds(index), 1, new TaskId(task), 25),
        new JobEvent.Succeeded(Nine.AddSeconds(index + 60), 1, 25),
        new JobEvent.Saved(Nine.AddSeconds(index + 61), 1, [new JobFile(file, 1000, task)]));

    static JobState Failed(int index, string text) => Life(
        new JobEvent.Intended(Nine.AddSeconds(index), 1, 25),
        new JobEvent.Submitted(Nine.AddSeconds(index), 1, new TaskId(text), 25),
        new JobEvent.Failed(Nine.AddSeconds(index + 9), 1, new JobFailure(text, text, false, text), 25));

    static JobState Life(params JobEvent[] events) => events.Aggregate(JobState.New, JobLife.Apply);

    // What a file system takes, and no more than it takes.
    static string FileName(string text)
    {
        var name = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Where(rune => rune.Value is not (0 or '/')))
        {
            name.Append(rune);
        }

        return name.Length > 80 ? name.ToString(0, 80) : name.ToString();
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
sealed partial class TextsJson : System.Text.Json.Serialization.JsonSerializerContext;
