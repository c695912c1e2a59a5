using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Results;

/// <summary>schemas/results.schema.json, a Frictionless Table Schema, against what is really written.</summary>
public sealed class ResultsSchemaSpecs
{
    const string Hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0bb82cd15d6c15b0f00a08";

    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(CaseFile.PathOf("schemas/results.schema.json"))).RootElement;

    static IReadOnlyList<JsonElement> Fields => [.. Schema.GetProperty("fields").EnumerateArray()];

    static ResultsTable Table
    {
        get
        {
            JobEvent[] begun = [new JobEvent.Intended(Nine, 1, 25), new JobEvent.Submitted(Nine.AddSeconds(1), 1, new TaskId("task"), 25)];
            JobEvent seen = new JobEvent.Seen(Nine.AddSeconds(4), 1, TaskStatus.Running, null);
            var file = new JobFile("a.mp4", 5, Hash);
            JobEvent[][] lives =
            [
                [],
                begun,
                [.. begun, seen, new JobEvent.Succeeded(Nine.AddSeconds(64), 1, 25), new JobEvent.Saved(Nine.AddSeconds(65), 1, [file])],
                [.. begun, new JobEvent.Succeeded(Nine.AddSeconds(64), 1, 25), new JobEvent.Saved(Nine.AddSeconds(65), 1, [file, file])],
                [.. begun, new JobEvent.Failed(Nine.AddSeconds(9), 1, new JobFailure("SAFETY.INPUT.TEXT", "safety-input", false, "refused"), 0.5m)],
                [begun[0], new JobEvent.Lost(Nine, 1, "reset")],
                [.. begun, new JobEvent.Cancelled(Nine, 1, 0)],
                [new JobEvent.Screened(Nine, "competitor")],
            ];
            return new ResultsTable(
                [new Axis("message", ["id", "headline"])],
                [.. lives.Select((life, i) => new ResultRow(MadeJobs.Job(i) with { Seed = 7, Duration = 2.5m }, life.Aggregate(JobState.New, JobLife.Apply), i == 6))]);
        }
    }

    [Fact]
    public void Its_fields_are_the_columns_in_their_order_but_for_those_of_axes()
    {
        Assert.Equal(ResultsCsv.Header([]), Fields.Select(Name));

        var withAxis = ResultsCsv.Header([new Axis("message", ["id", "scene"])]);
        Assert.Equal(["message", "message.id", "message.scene"], withAxis.Except(Fields.Select(Name)));
        Assert.Equal("template", withAxis[withAxis.ToList().IndexOf("message") - 1]);
        Assert.Equal("take", withAxis[withAxis.ToList().IndexOf("message.scene") + 1]);
    }

    [Fact]
    public void Every_status_stands_in_it() => Assert.Equal(
        Enum.GetNames<JobStatus>().Select(name => name.ToLowerInvariant()).Order(),
        Fields.Single(field => Name(field) == "status").GetProperty("constraints").GetProperty("enum").EnumerateArray()
            .Select(word => word.GetString() ?? "").Order());

    [Fact]
    public void Whatever_becomes_of_a_job_its_row_is_as_the_schema_says()
    {
        var rows = CsvText.Read(Encoding.UTF8.GetString(ResultsCsv.Write(Table)));

        foreach (var row in rows.Skip(1))
        {
            foreach (var field in Fields)
            {
                Assert.True(Accepts(field, row[rows[0].IndexOf(Name(field))]), $"{Name(field)}: {row[rows[0].IndexOf(Name(field))]}");
            }
        }
    }

    [Fact]
    public void JSON_lines_have_the_same_names_with_types_and_lists()
    {
        using var file = new MemoryStream();
        ResultsJsonl.Write(file, Table);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(Table.Rows.Count, lines.Count);
        Assert.All(lines, line => Assert.Equal(ResultsCsv.Header(Table.Axes), line.EnumerateObject().Select(member => member.Name)));
        Assert.Equal(2.5m, lines[0].GetProperty("duration").GetDecimal());
        Assert.Equal("""[5,5]""", lines[3].GetProperty("bytes").GetRawText());
        Assert.Equal("""["a.mp4"]""", lines[2].GetProperty("file").GetRawText());
        Assert.Equal("a headline, with \"quotes\"", lines[0].GetProperty("message.headline").GetString());
        Assert.Equal(JsonValueKind.Null, lines[0].GetProperty("task_id").ValueKind);
        Assert.True(lines[6].GetProperty("orphaned").GetBoolean());
        Assert.Equal("0.5", lines[4].GetProperty("cost_credits").GetRawText());
    }

    static string Name(JsonElement field) => field.GetProperty("name").GetString() ?? "";

    static bool Accepts(JsonElement field, string value)
    {
        var constraints = field.TryGetProperty("constraints", out var found) ? found : default;
        bool Has(string name, out JsonElement constraint)
        {
            constraint = default;
            return constraints.ValueKind == JsonValueKind.Object && constraints.TryGetProperty(name, out constraint);
        }

        if (value.Length == 0)
        {
            return !Has("required", out _);
        }

        var isOfType = field.GetProperty("type").GetString() switch
        {
            "integer" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            "number" => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            "boolean" => value is "true" or "false",
            "datetime" => DateTime.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            _ => true,
        };
        return isOfType
            && (!Has("minimum", out var least) || decimal.Parse(value, CultureInfo.InvariantCulture) >= least.GetDecimal())
            && (!Has("enum", out var words) || words.EnumerateArray().Any(word => word.GetString() == value))
            && (!Has("pattern", out var pattern) || Regex.IsMatch(value, $"^(?:{pattern.GetString()})$"));
    }
}
