using BatchRunner.Cli.Text;
using BatchRunner.Results.Verifying;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What `verify` found, and what to do about each thing.</summary>
/// <param name="voice">Who is told.</param>
/// <param name="run">The command that continues the run, as the user types it.</param>
sealed class VerifiedView(Voice voice, string run)
{
    public void Write(string folder, Verification verification)
    {
        foreach (var finding in verification.Broken)
        {
            Write("broken", finding);
        }

        foreach (var finding in verification.Strangers)
        {
            Write("stranger", finding);
        }

        if (voice.IsJson)
        {
            voice.Answer(JsonLine.Of("verified", json =>
            {
                json.WriteNumber("files", verification.FileCount);
                json.WriteNumber("bytes", verification.Bytes);
                json.WriteNumber("broken", verification.Broken.Count);
                json.WriteNumber("strangers", verification.Strangers.Count);
                json.WriteBoolean("atWork", verification.IsAtWork);
            }));
            return;
        }

        if (verification.IsAtWork)
        {
            voice.Answer("a run is at work here: results.csv and unfinished files were not judged");
        }

        var strangers = verification.Strangers.Count > 0 ? $"; {Figures.Count(verification.Strangers.Count, "stranger")}" : "";
        voice.Answer(verification.Broken.Count == 0
            ? $"{folder}: {Figures.Count(verification.FileCount, "file")} and the journal are whole{strangers}"
            : $"{folder}: {Figures.Count(verification.Broken.Count, "thing")} not as the journal says, of {Figures.Count(verification.FileCount, "file")}{strangers}");
    }

    void Write(string type, Finding finding)
    {
        var (what, todo) = Describe(finding);
        if (!voice.IsJson)
        {
            voice.Answer($"{SafeText.Line(finding.Path)}: {what}");
            voice.Answer($"  {todo}");
            return;
        }

        voice.Answer(JsonLine.Of(type, json =>
        {
            json.WriteString("path", finding.Path);
            json.WriteString("what", Word(finding.Kind));
            json.WriteString("text", what);
            json.WriteString("todo", todo);
            json.WriteString("job", finding.Job?.Spec.Id);
            json.WriteString("task", finding.Job?.State.Task?.Value);
            json.WriteString("key", finding.Job?.Spec.Key.Hex);
        }));
    }

    (string What, string Todo) Describe(Finding finding)
    {
        var owner = finding.Job is { } job ? $"`{SafeText.Line(job.Spec.Id)}`" : "a job";
        var detail = finding.Detail is { } text ? ": " + SafeText.Line(text) : "";
        return finding.Kind switch
        {
            FindingKind.Missing => ($"gone; it is the file of {owner}", Again(finding, "")),
            FindingKind.NotAFile => ($"not a file any more, but a link or a folder; it is the file of {owner}", Again(finding, "move it away, then ")),
            FindingKind.WrongSize => ($"not whole{detail}; it is the file of {owner}", Again(finding, "move it away, then ")),
            FindingKind.WrongBytes => ($"changed since it was saved{detail}; it is the file of {owner}", Again(finding, "move it away, then ")),
            FindingKind.Unreadable => ($"can't be read{detail}; it is the file of {owner}", "mend its permissions or its disk, then verify again"),
            FindingKind.NoResults => ("gone; the journal has all of it", $"`{run}` makes it again"),
            FindingKind.OtherResults => (
                $"not what the journal says{detail}: it was changed, or a run was killed before it could write it",
                $"`{run}` makes it again, and overwrites what was changed by hand"),
            FindingKind.NoProvenance => ("gone; the journal has all of it", $"`{run}` makes it again"),
            FindingKind.OtherProvenance => (
                $"not what the journal says{detail}: it was changed, or a run was killed before it could write it",
                $"`{run}` makes it again, and overwrites what was changed by hand"),
            FindingKind.OtherKey => (
                $"made by {owner}, whose request in the journal is not the one it was paid for under", "bring back the journal from a backup: somebody has changed it"),
            FindingKind.TornJournal => ($"ends in {detail.TrimStart(':', ' ')}", $"`{run}` cuts them off and keeps them beside it"),
            FindingKind.Unrecorded when finding.Job?.State is { LacksFiles: true, Reason: { } reason } => (
                $"not the file that was saved of {owner}: {SafeText.Line(reason)}", Again(finding, "move it away, then ")),
            FindingKind.Unrecorded => (
                $"has the name of the file of {owner}, but the journal does not know it", "leave it: the next run compares it with what it downloads, and says so if it must be moved away"),
            FindingKind.Part => ("a download that was cut short", "leave it: the next run removes or replaces it; or delete it"),
            _ => ("belongs to no job", "leave it, or delete it: nothing here needs it"),
        };
    }

    string Again(Finding finding, string first) => finding.Job is { State.Task: { } task, IsPlanned: true }
        ? $"{first}`{run}` downloads it again if task `{SafeText.Line(task.Value)}` still lives at Runway; it is never paid again by itself"
        : finding.Job is { State.Task: { } old }
            ? $"no row asks for it any more, so a run does not bring it back; its task was `{SafeText.Line(old.Value)}`"
            : "nobody knows its task, so it can't be brought back";

    static string Word(FindingKind kind) => kind switch
    {
        FindingKind.NotAFile => "not-a-file",
        FindingKind.WrongSize => "wrong-size",
        FindingKind.WrongBytes => "wrong-bytes",
        FindingKind.NoResults => "no-results",
        FindingKind.OtherResults => "other-results",
        FindingKind.NoProvenance => "no-provenance",
        FindingKind.OtherProvenance => "other-provenance",
        FindingKind.OtherKey => "other-key",
        FindingKind.TornJournal => "torn-journal",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
