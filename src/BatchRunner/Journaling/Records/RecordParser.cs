using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Journaling.Records;

/// <summary>Reads records. What many jobs share (models, rows, columns) is one object in memory. Not safe for two threads.</summary>
sealed class RecordParser
{
    readonly Words words = new();
    readonly SharedRows rows = new();

    /// <summary>The record on a line whose sum is right; null if this version does not know what it says.</summary>
    /// <param name="line">A JSON object.</param>
    /// <param name="start">Where in it the record's own members start.</param>
    public JournalRecord? Parse(ReadOnlySpan<byte> line, int start = 1) => PlainEvents.Read(line[start..]) ?? ParseAny(line);

    /// <summary>The same, however it is written.</summary>
    public JournalRecord? ParseAny(ReadOnlySpan<byte> line)
    {
        try
        {
            var fields = new RecordFields();
            var json = new Utf8JsonReader(line);
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                fields.Read(ref json, line, words, rows);
            }

            return Compose(fields);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or OverflowException or KeyNotFoundException
            or IndexOutOfRangeException)
        {
            // Whole by its sum and yet not as we write it: another version's.
            return null;
        }
    }

    JournalRecord? Compose(in RecordFields r) => r.Type switch
    {
        null => null,
        "job" => Job(r),
        "axis" when r is { Name: { } name, Columns: { } columns } =>
            Known(new JournalRecord.AxisNamed(r.Number, name, columns)),
        "plan" when r.Order is { } order => new JournalRecord.Planned(order),
        "retake" => new JournalRecord.Retaken(r.Job, r.Take),
        "run" when r.Origin is { } origin => new JournalRecord.Began(RunOrigin.Read(origin)),
        "torn" => new JournalRecord.TailCut(r.Bytes),
        "header" when r is { Tool: { } tool, Folder: { } folder, Name: { } name, Against: { } against } =>
            new JournalRecord.Headed(new JournalHeader
            {
                Format = r.Format,
                Tool = tool,
                KeyVersion = r.KeyVersion,
                Folder = folder,
                Name = name,
                Against = against,
            }),
        _ => EventJson.Read(r.Type, r) is { } happened ? new JournalRecord.Happened(r.Job, happened) : null,
    };

    static JournalRecord.JobNamed? Job(in RecordFields r) =>
        r is { Key: { } key, Id: { } id, Output: { } output, Endpoint: { } endpoint, Model: { } model, Extension: { } extension, Request: { } request }
            ? new JournalRecord.JobNamed(
                r.Job,
                new JobSpec
                {
                    Index = r.Job - 1,
                    Key = key,
                    Id = r.Rows is [{ Label: var label }] && label == id ? label : id,
                    Output = output == id ? id : output,
                    Template = r.Template,
                    Take = r.Take,
                    Rows = r.Rows ?? [],
                    Endpoint = endpoint,
                    Model = model,
                    Request = request,
                    EstimatedCredits = r.Credits,
                    Prompt = r.Prompt,
                    Ratio = r.Ratio,
                    Duration = r.Duration,
                    Seed = r.Seed,
                    SharesWith = r.SharesWith,
                    Extension = extension,
                },
                r.Shares)
            : null;

    JournalRecord.AxisNamed Known(JournalRecord.AxisNamed axis)
    {
        rows.Know(axis);
        return axis;
    }
}
