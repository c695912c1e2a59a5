using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Journaling.Records;

/// <summary>Writes records as JSON objects. Not safe for two threads.</summary>
sealed class RecordWriter : IDisposable
{
    // The journal is no web page: prompts stay readable in it.
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly ArrayBufferWriter<byte> buffer = new();
    readonly Utf8JsonWriter json;
    readonly Dictionary<string, int> axes = new(StringComparer.Ordinal);

    public RecordWriter() => json = new Utf8JsonWriter(buffer, Options);

    /// <summary>The record as one JSON object; valid until the next call.</summary>
    public ReadOnlySpan<byte> Write(JournalRecord record, DateTimeOffset at)
    {
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        var when = record is JournalRecord.Happened happened ? happened.Event.At : at;
        Span<char> text = stackalloc char[24];
        when.UtcDateTime.TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString("at"u8, text);
        Write(record);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan;
    }

    /// <summary>Learns the number of an axis that is in the journal already.</summary>
    public void Know(JournalRecord.AxisNamed axis) => axes[NameOf(axis.Name, axis.Columns)] = axis.Number;

    /// <summary>The axes of <paramref name="spec"/> that have no number yet, numbered.</summary>
    public IEnumerable<JournalRecord.AxisNamed> NewAxes(JobSpec spec)
    {
        foreach (var row in spec.Rows)
        {
            if (!axes.ContainsKey(NameOf(row.Axis, row.Columns)))
            {
                var axis = new JournalRecord.AxisNamed(axes.Count + 1, row.Axis, row.Columns);
                Know(axis);
                yield return axis;
            }
        }
    }

    public void Dispose() => json.Dispose();

    void Write(JournalRecord record)
    {
        switch (record)
        {
            case JournalRecord.Happened happened:
                EventJson.Write(json, happened.Job, happened.Event);
                break;
            case JournalRecord.JobNamed job:
                WriteJob(job);
                break;
            case JournalRecord.AxisNamed axis:
                json.WriteString("t"u8, "axis"u8);
                json.WriteNumber("n"u8, axis.Number);
                json.WriteString("name"u8, axis.Name);
                json.WriteStartArray("columns"u8);
                foreach (var column in axis.Columns)
                {
                    json.WriteStringValue(column);
                }

                json.WriteEndArray();
                break;
            case JournalRecord.Planned plan:
                WritePlan(plan.Order);
                break;
            case JournalRecord.Retaken retaken:
                json.WriteString("t"u8, "retake"u8);
                json.WriteNumber("j"u8, retaken.Job);
                json.WriteNumber("take"u8, retaken.Take);
                break;
            case JournalRecord.Began began:
                json.WriteString("t"u8, "run"u8);
                json.WritePropertyName("origin"u8);
                began.Origin.Write(json);
                break;
            case JournalRecord.TailCut cut:
                json.WriteString("t"u8, "torn"u8);
                json.WriteNumber("bytes"u8, cut.Bytes);
                break;
            case JournalRecord.Headed { Header: var header }:
                json.WriteString("t"u8, "header"u8);
                json.WriteNumber("format"u8, header.Format);
                json.WriteString("tool"u8, header.Tool);
                json.WriteNumber("keyVersion"u8, header.KeyVersion);
                json.WriteString("folder"u8, header.Folder);
                json.WriteString("name"u8, header.Name);
                json.WriteString("against"u8, header.Against);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(record));
        }
    }

    void WriteJob(JournalRecord.JobNamed job)
    {
        var spec = job.Spec;
        json.WriteString("t"u8, "job"u8);
        json.WriteNumber("j"u8, job.Number);
        json.WriteString("key"u8, spec.Key.Hex);
        json.WriteString("id"u8, spec.Id);
        json.WriteString("output"u8, spec.Output);
        WriteUnlessNull("template"u8, spec.Template);
        json.WriteNumber("take"u8, spec.Take);
        json.WriteString("endpoint"u8, spec.Endpoint);
        json.WriteString("model"u8, spec.Model);
        json.WriteString("extension"u8, spec.Extension);
        WriteUnlessNull("credits"u8, spec.EstimatedCredits);
        WriteUnlessNull("prompt"u8, spec.Prompt);
        WriteUnlessNull("ratio"u8, spec.Ratio);
        WriteUnlessNull("duration"u8, spec.Duration);
        WriteUnlessNull("seed"u8, spec.Seed);
        WriteUnlessNull("shares"u8, job.Shares);
        WriteUnlessNull("sharesWith"u8, spec.SharesWith);
        if (spec.Rows.Count > 0)
        {
            json.WriteStartArray("rows"u8);
            foreach (var row in spec.Rows)
            {
                json.WriteStartArray();
                json.WriteNumberValue(axes[NameOf(row.Axis, row.Columns)]);
                json.WriteStringValue(row.Label);
                foreach (var value in row.Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WritePropertyName("request"u8);
        json.WriteRawValue(spec.Request, skipInputValidation: true);
    }

    // Runs of neighbours as pairs: a plan of 100,000 jobs is one short line until somebody reorders it.
    void WritePlan(IReadOnlyList<int> order)
    {
        json.WriteString("t"u8, "plan"u8);
        json.WriteStartArray("order"u8);
        for (var i = 0; i < order.Count;)
        {
            var first = order[i];
            var last = first;
            while (++i < order.Count && order[i] == last + 1)
            {
                last++;
            }

            json.WriteNumberValue(first);
            json.WriteNumberValue(last);
        }

        json.WriteEndArray();
    }

    void WriteUnlessNull(ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    void WriteUnlessNull(ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    static string NameOf(string axis, IReadOnlyList<string> columns) => axis + "\n" + string.Join('\n', columns);
}
