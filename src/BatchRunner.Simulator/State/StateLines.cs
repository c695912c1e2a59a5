using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Media;
using BatchRunner.Simulator.Uploads;

namespace BatchRunner.Simulator.State;

/// <summary>The lines of the state file, written and read in one place. Times are simulated unless named otherwise.</summary>
static class StateLines
{
    /// <summary>A start: from here on another speed and other slots may hold.</summary>
    public static JsonObject Clock(DateTimeOffset real, DateTimeOffset simulated, double scale, SlotRules slots) => new()
    {
        ["type"] = "clock",
        ["at"] = Time(simulated),
        ["real"] = Time(real),
        ["scale"] = scale,
        ["tier"] = slots.Tier,
        ["slots"] = slots.Every,
        ["slotsByModel"] = new JsonObject(slots.ByModel.Select(
            model => KeyValuePair.Create(model.Key, (JsonNode?)JsonValue.Create(model.Value)))),
    };

    public static SlotRules Slots(JsonObject line) => new(
        Number<int>(line, "tier"),
        (int?)line["slots"],
        (line["slotsByModel"]?.AsObject() ?? []).ToDictionary(model => model.Key, model => (int?)model.Value ?? 0));

    public static JsonObject Charge(TaskRecord task) => new()
    {
        ["type"] = "charge",
        ["at"] = Time(task.AcceptedAt),
        ["task"] = task.Id,
        ["number"] = task.Number,
        ["endpoint"] = task.Endpoint,
        ["model"] = task.Model,
        ["credits"] = task.Estimate,
        ["requestHash"] = task.RequestHash,
        ["createdAt"] = Time(task.CreatedAt),
        ["pending"] = task.Pending.TotalSeconds,
        ["generation"] = task.Generation.TotalSeconds,
        ["ending"] = task.Ending.Phase.ToString(),
        ["cost"] = task.Ending.Cost,
        ["failureCode"] = task.Ending.FailureCode,
        ["fault"] = task.Fault,
        ["output"] = new JsonObject
        {
            ["kind"] = task.Output.Kind,
            ["extension"] = task.Output.Extension,
            ["width"] = task.Output.Width,
            ["height"] = task.Output.Height,
            ["seconds"] = task.Output.Seconds,
            ["count"] = task.Output.Count,
            ["title"] = task.Output.Title,
            ["stills"] = task.Output.Stills,
        },
    };

    public static TaskRecord Charge(JsonObject line)
    {
        var output = line["output"]?.AsObject() ?? [];
        return new TaskRecord
        {
            Id = Text(line, "task"),
            Number = Number<int>(line, "number"),
            Endpoint = Text(line, "endpoint"),
            Model = Text(line, "model"),
            RequestHash = Text(line, "requestHash"),
            AcceptedAt = Time(line, "at"),
            CreatedAt = Time(line, "createdAt"),
            Estimate = Number<decimal>(line, "credits"),
            Pending = TimeSpan.FromSeconds(Number<double>(line, "pending")),
            Generation = TimeSpan.FromSeconds(Number<double>(line, "generation")),
            Ending = new TaskEnding(
                Enum.Parse<TaskPhase>(Text(line, "ending")),
                Number<decimal>(line, "cost"),
                (string?)line["failureCode"]),
            Fault = (string?)line["fault"],
            Output = new OutputPlan(
                Text(output, "kind"),
                Text(output, "extension"),
                Number<int>(output, "width"),
                Number<int>(output, "height"),
                Number<decimal>(output, "seconds"),
                Number<int>(output, "count"),
                Text(output, "title"))
            { Stills = Text(output, "stills") },
        };
    }

    public static JsonObject Refund(LedgerEntry entry) => new()
    {
        ["type"] = "refund",
        ["at"] = Time(entry.At),
        ["task"] = entry.TaskId,
        ["model"] = entry.Model,
        ["credits"] = entry.Credits,
        ["requestHash"] = entry.RequestHash,
    };

    public static JsonObject Delete(string task, DateTimeOffset at) =>
        new() { ["type"] = "delete", ["at"] = Time(at), ["task"] = task };

    public static JsonObject Tier(int tier, DateTimeOffset at) =>
        new() { ["type"] = "tier", ["at"] = Time(at), ["tier"] = tier };

    public static JsonObject Upload(Upload upload) => new()
    {
        ["type"] = "upload",
        ["at"] = Time(upload.MadeAt),
        ["id"] = upload.Id,
        ["filename"] = upload.Filename,
        ["sha256"] = upload.Sha256,
        ["bytes"] = upload.Facts?.Bytes,
        ["contentType"] = upload.Facts?.ContentType,
        ["width"] = upload.Facts?.Width,
        ["height"] = upload.Facts?.Height,
        ["seconds"] = upload.Facts?.Seconds,
        ["frameRate"] = upload.Facts?.FrameRate,
    };

    public static Upload Upload(JsonObject line) =>
        new(Text(line, "id"), Text(line, "filename"), Time(line, "at"))
        {
            Sha256 = (string?)line["sha256"],
            Facts = line["bytes"] is { } bytes
                ? new MediaFacts(
                    (string?)line["contentType"],
                    (long)bytes,
                    (int?)line["width"],
                    (int?)line["height"],
                    (decimal?)line["seconds"])
                { FrameRate = (decimal?)line["frameRate"] }
                : null,
        };

    public static string Text(JsonObject line, string name) => (string?)line[name] ?? "";

    public static T Number<T>(JsonObject line, string name)
        where T : struct => line[name] is { } value ? value.GetValue<T>() : default;

    public static DateTimeOffset Time(JsonObject line, string name) =>
        DateTimeOffset.Parse(Text(line, name), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    static string Time(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
