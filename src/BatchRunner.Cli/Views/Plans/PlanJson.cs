using System.Text.Json;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan as JSON lines: one per job, then one with the totals.</summary>
static class PlanJson
{
    public static IEnumerable<string> Lines(Plan plan)
    {
        foreach (var job in plan.Jobs.Where(job => job.IsSelected))
        {
            yield return JsonLine.Of("job", json => Write(json, job, plan.Batch.Manifest.Folder));
        }

        foreach (var orphan in plan.Orphans)
        {
            yield return JsonLine.Of("orphan", json =>
            {
                json.WriteString("job", orphan.Spec.Id);
                json.WriteNumber("spent", orphan.State.Spent);
                json.WriteNumber("reserved", orphan.State.Reserved);
                json.WriteString("key", orphan.Spec.Key.Hex);
            });
        }

        yield return JsonLine.Of("plan", json =>
        {
            json.WriteString("name", plan.Batch.Manifest.Name);
            json.WriteNumber("jobs", plan.Batch.Jobs.Count);
            json.WriteNumber("submit", plan.SubmitCount);
            json.WriteNumber("credits", plan.Credits);
            json.WriteNumber("unpriced", plan.UnpricedCount);
            json.WriteNumber("spent", plan.Journal.Spent);
            json.WriteNumber("reserved", plan.Journal.Reserved);
            json.WriteBoolean("work", plan.HasWork);
            json.WriteStartObject("leftOut");
            json.WriteNumber("where", plan.Batch.LeftOut.Where);
            json.WriteNumber("exclude", plan.Batch.LeftOut.Exclude);
            json.WriteNumber("zip", plan.Batch.LeftOut.Zip);
            json.WriteNumber("takes", plan.Batch.LeftOut.Takes);
            json.WriteEndObject();
        });
    }

    static void Write(Utf8JsonWriter json, PlannedJob job, string folder)
    {
        var spec = job.Spec;
        json.WriteString("job", spec.Id);
        json.WriteString("template", spec.Template);
        json.WriteNumber("take", spec.Take);
        json.WriteString("what", PlanWords.Of(job.Action));
        json.WriteString("why", job.Why);
        if (job.Action == PlanAction.Unknown)
        {
            json.WriteNumber("possibleCredits", job.State.Current is { Cost: null } attempt ? attempt.Reserved : 0);
            HintWords.Write(json, job.State);
        }

        json.WriteBoolean("submit", job.WillSubmit);
        json.WriteString("endpoint", spec.Endpoint);
        json.WriteString("model", spec.Model);
        json.WriteString("ratio", spec.Ratio);
        Write(json, "duration", spec.Duration);
        json.WriteString("image", SourceImage.Of(spec, folder));
        json.WriteString("prompt", spec.Prompt);
        Write(json, "estimatedCredits", spec.EstimatedCredits);
        json.WriteString("output", spec.Output + spec.Extension);
        if (job.Changes.Count > 0)
        {
            json.WriteStartArray("changes");
            foreach (var change in job.Changes)
            {
                json.WriteStartObject();
                json.WriteString("field", change.Field);
                json.WriteString("old", change.Old);
                json.WriteString("new", change.New);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteString("key", spec.Key.Hex);
    }

    static void Write(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
