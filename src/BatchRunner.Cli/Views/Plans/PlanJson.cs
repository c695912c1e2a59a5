using System.Text.Json;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Runway;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan as JSON lines: one per job, per orphan and per label of each axis, then one with the totals.</summary>
static class PlanJson
{
    public static IEnumerable<string> Lines(PlanFacts facts)
    {
        var plan = facts.Plan;
        foreach (var job in plan.Jobs.Where(job => job.IsSelected))
        {
            yield return JsonLine.Of("job", json => Write(json, job, plan.Batch.Manifest.Folder));
        }

        foreach (var orphan in plan.Orphans)
        {
            yield return JsonLine.Of("orphan", json => Write(json, orphan));
        }

        foreach (var axis in PlanTotals.Of(plan))
        {
            foreach (var label in axis.Labels)
            {
                yield return JsonLine.Of("total", json => Write(json, axis.Axis, label));
            }
        }

        yield return JsonLine.Of("plan", json => Write(json, facts));
    }

    static void Write(Utf8JsonWriter json, JournaledJob orphan)
    {
        json.WriteString("job", orphan.Spec.Id);
        json.WriteString("what", PlanWords.Orphaned);
        json.WriteString("why", PlanWords.WhyOrphaned);
        json.WriteNumber("spent", orphan.State.Spent);
        json.WriteNumber("reserved", orphan.State.Reserved);
        json.WriteStartArray("files");
        foreach (var file in orphan.State.Files)
        {
            json.WriteStringValue(file.Path);
        }

        json.WriteEndArray();
        json.WriteString("key", orphan.Spec.Key.Hex);
    }

    static void Write(Utf8JsonWriter json, string axis, LabelTotal total)
    {
        json.WriteString("axis", axis);
        json.WriteString("label", total.Label);
        json.WriteNumber("submit", total.Jobs);
        json.WriteNumber("credits", total.Credits);
        json.WriteNumber("dollars", total.Credits / 100);
        json.WriteNumber("unpriced", total.Unpriced);
    }

    static void Write(Utf8JsonWriter json, PlanFacts facts)
    {
        var plan = facts.Plan;
        json.WriteString("name", plan.Batch.Manifest.Name);
        json.WriteNumber("jobs", plan.Batch.Jobs.Count);
        json.WriteNumber("submit", plan.SubmitCount);
        json.WriteNumber("credits", plan.Credits);
        json.WriteNumber("dollars", plan.Credits / 100);
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
        if (facts.Forecast is { } forecast)
        {
            json.WriteStartObject("forecast");
            json.WriteNumber("seconds", Math.Round(forecast.Duration.TotalSeconds));
            json.WriteNumber("jobs", forecast.Jobs);
            json.WriteNumber("learnt", forecast.Learnt);
            json.WriteStartObject("slots");
            foreach (var (model, slots) in forecast.Slots)
            {
                json.WriteNumber(model, slots);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        if (facts.Earlier is { } earlier)
        {
            json.WriteStartObject("earlier");
            json.WriteString("folder", earlier.Folder);
            json.WriteString("name", earlier.Name);
            json.WriteNumber("jobs", earlier.Jobs);
            json.WriteNumber("credits", earlier.Credits);
            json.WriteEndObject();
        }

        if (facts.Account is { } account)
        {
            Write(json, account, plan);
        }
    }

    static void Write(Utf8JsonWriter json, Organization account, Plan plan)
    {
        json.WriteStartObject("account");
        json.WriteNumber("balance", account.CreditBalance);
        json.WriteStartObject("models");
        foreach (var model in plan.Jobs.Where(job => job.WillSubmit).Select(job => job.Spec.Model).Distinct(StringComparer.Ordinal))
        {
            if (account.Models.TryGetValue(model, out var allowance))
            {
                json.WriteStartObject(model);
                Write(json, "concurrent", allowance.MaxConcurrent);
                Write(json, "daily", allowance.MaxDaily);
                json.WriteNumber("usedToday", allowance.DailyUsed);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, PlannedJob job, string folder)
    {
        var spec = job.Spec;
        json.WriteString("job", spec.Id);
        json.WriteString("template", spec.Template);
        json.WriteStartObject("axes");
        foreach (var row in spec.Rows)
        {
            json.WriteString(row.Axis, row.Label);
        }

        json.WriteEndObject();
        json.WriteNumber("take", spec.Take);
        json.WriteString("what", PlanWords.Of(job));
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
