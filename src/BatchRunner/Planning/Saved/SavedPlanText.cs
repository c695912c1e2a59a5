using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchRunner.Planning.Saved;

/// <summary>A saved plan as text: one job and one file per line, so that a diff shows what is different and nothing else.</summary>
static class SavedPlanText
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All) };

    /// <summary>The words for what is done with a job.</summary>
    public static IReadOnlyDictionary<string, PlanAction> Actions { get; } = new Dictionary<string, PlanAction>(StringComparer.Ordinal)
    {
        ["new"] = PlanAction.New,
        ["changed"] = PlanAction.Changed,
        ["again"] = PlanAction.Again,
        ["picked up"] = PlanAction.PickedUp,
    };

    public static byte[] Of(SavedPlan plan)
    {
        var text = new StringBuilder("{\n");
        Add(text, "plan", SavedPlan.NewestFormat.ToString(CultureInfo.InvariantCulture));
        Add(text, "name", Quoted(plan.Name));
        Add(text, "manifest", Quoted(plan.Manifest));
        Add(text, "folder", Quoted(plan.Folder));
        Add(text, "against", Quoted(plan.Against));
        Add(text, "journal", plan.Journal is { } journal ? Quoted(journal) : "null");
        Add(text, "manifestJobs", plan.ManifestJobs.ToString(CultureInfo.InvariantCulture));
        Add(text, "submit", plan.SubmitCount.ToString(CultureInfo.InvariantCulture));
        Add(text, "credits", Number(plan.Credits));
        Add(text, "unpriced", plan.UnpricedCount.ToString(CultureInfo.InvariantCulture));
        Add(text, "inputs", List(plan.Inputs.Select(input => Line(json =>
        {
            json.WriteString("file", input.File);
            json.WriteString("sha256", input.Sha256);
        }))));
        text.Append("  \"jobs\": ").Append(List(plan.Jobs.Select(Line))).Append("\n}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    static string Line(SavedJob job) => Line(json =>
    {
        json.WriteString("job", job.Id);
        json.WriteString("what", Actions.First(word => word.Value == job.Action).Key);
        if (job.Action == PlanAction.Again)
        {
            json.WriteNumber("attempt", job.Attempt);
        }

        if (job is { IsSubmitted: true, Credits: { } credits })
        {
            json.WritePropertyName("credits");
            json.WriteRawValue(Number(credits));
        }
        else if (job.IsSubmitted)
        {
            json.WriteNull("credits");
        }

        json.WriteString("key", job.Key.Hex);
    });

    static void Add(StringBuilder text, string key, string value) => text.Append($"  \"{key}\": {value},\n");

    static string List(IEnumerable<string> lines)
    {
        var joined = string.Join(",\n", lines.Select(line => "    " + line));
        return joined.Length == 0 ? "[]" : $"[\n{joined}\n  ]";
    }

    static string Line(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, Readable.Encoder)}\"";

    // Without the zeros a calculation leaves behind, which would differ from run to run.
    static string Number(decimal number) => number.ToString("0.############################", CultureInfo.InvariantCulture);
}
