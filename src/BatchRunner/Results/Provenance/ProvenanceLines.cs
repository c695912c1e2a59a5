using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Results.Provenance;

/// <summary>
/// One JSON object per job that has files, on a line of its own, in the order in which jobs were first planned: what was
/// asked for to the byte, what it was made from, and which task made it. No key, no signed URL.
/// </summary>
static class ProvenanceLines
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Whether there is anything to say.</summary>
    public static bool IsNeeded(JournalContents journal) => Clips(journal).Any();

    /// <summary>Writes the file, line by line; the same bytes for the same journal.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="journal">What is known.</param>
    public static void Write(Stream output, JournalContents journal)
    {
        using var json = new Utf8JsonWriter(output, Readable);
        foreach (var job in Clips(journal))
        {
            Write(json, job, journal.Header);
            json.Flush();
            output.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    static IEnumerable<JournaledJob> Clips(JournalContents journal) =>
        journal.Jobs.Where(job => job.Shares is null && job.State.Files.Length > 0);

    static void Write(Utf8JsonWriter json, JournaledJob job, JournalHeader? header)
    {
        var (spec, attempt) = (job.Spec, job.State.Current);
        json.WriteStartObject();
        json.WriteString("job", spec.Id);
        json.WriteStartArray("files");
        foreach (var file in job.State.Files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteNumber("bytes", file.Bytes);
            json.WriteString("sha256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("task_id", job.State.Task?.Value);
        json.WriteString("made_by", header?.Against);
        json.WriteString("submitted_at", Moment(attempt?.SubmittedAt));
        json.WriteString("finished_at", Moment(attempt?.EndedAt));
        json.WriteString("model", spec.Model);
        if (spec.Seed is { } seed)
        {
            json.WriteNumber("seed", seed);
        }
        else
        {
            json.WriteNull("seed");
        }

        WriteRequest(json, spec, header);
        WriteOrigin(json, spec, job.Origin);
        json.WriteEndObject();
    }

    static void WriteRequest(Utf8JsonWriter json, JobSpec spec, JournalHeader? header)
    {
        json.WriteString("key", spec.Key.Hex);
        json.WriteNumber("key_version", header?.KeyVersion ?? JobKey.Version);
        json.WriteString("endpoint", spec.Endpoint);
        json.WriteNumber("take", spec.Take);
        json.WriteString("request_sha256", Sha256(spec.Request));
        json.WritePropertyName("request");
        json.WriteRawValue(spec.Request, skipInputValidation: true);
        json.WriteStartArray("inputs");
        using (var request = JsonDocument.Parse(spec.Request))
        {
            WriteInputs(json, request.RootElement, "");
        }

        json.WriteEndArray();
    }

    // Local files stand in the request by the hash of their bytes.
    static void WriteInputs(Utf8JsonWriter json, JsonElement value, string pointer)
    {
        const string hash = "sha256:";
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && text.StartsWith(hash, StringComparison.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("pointer", pointer);
            json.WriteString("sha256", text[hash.Length..]);
            json.WriteEndObject();
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                WriteInputs(json, member.Value, $"{pointer}/{member.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (i, item) in value.EnumerateArray().Index())
            {
                WriteInputs(json, item, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{pointer}/{i}"));
            }
        }
    }

    static void WriteOrigin(Utf8JsonWriter json, JobSpec spec, RunOrigin? origin)
    {
        json.WriteString("template", spec.Template);
        json.WriteString("template_sha256", origin?.Templates.FirstOrDefault(part => part.Name == spec.Template).Sha256);
        json.WriteStartObject("row");
        foreach (var row in spec.Rows)
        {
            json.WriteString(row.Axis, row.Label);
        }

        json.WriteEndObject();
        json.WriteString("tool", origin?.Tool);
        json.WriteString("manifest", origin is { Files: [var first, ..] } ? first.Name : null);
        json.WriteStartArray("made_from");
        foreach (var part in origin?.Files ?? [])
        {
            json.WriteStartObject();
            json.WriteString("path", part.Name);
            json.WriteString("sha256", part.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteString("git_commit", origin?.Commit);
        if (origin?.IsDirty is { } dirty)
        {
            json.WriteBoolean("git_dirty", dirty);
        }
        else
        {
            json.WriteNull("git_dirty");
        }
    }

    static string? Moment(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
