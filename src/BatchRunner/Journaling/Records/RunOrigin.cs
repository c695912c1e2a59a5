using System.Text.Json;

namespace BatchRunner.Journaling.Records;

/// <summary>
/// What a run's jobs were made from and by, as it was when the run began: creates that follow in the journal come from it.
/// Paths are relative to the run's folder, with `/`.
/// </summary>
sealed record RunOrigin
{
    /// <summary>This version of BatchRunner.</summary>
    public required string Tool { get; init; }

    /// <summary>The manifest, then what it extends, prompts and sheets, each with the SHA-256 of its bytes.</summary>
    public required IReadOnlyList<OriginPart> Files { get; init; }

    /// <summary>Every template by its name, with the SHA-256 of its text.</summary>
    public required IReadOnlyList<OriginPart> Templates { get; init; }

    /// <summary>The git commit the manifest lies in, or null: no git, no commit, or nobody could say.</summary>
    public string? Commit { get; init; }

    /// <summary>A file the jobs were made from is not as it is in that commit; null: nobody could say.</summary>
    public bool? IsDirty { get; init; }

    /// <summary>Whether both say the same.</summary>
    public bool IsSame(RunOrigin? other) => other is not null && Tool == other.Tool && Commit == other.Commit
        && IsDirty == other.IsDirty && Files.SequenceEqual(other.Files) && Templates.SequenceEqual(other.Templates);

    /// <summary>As the journal keeps it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("tool", Tool);
        Write(json, "files", Files);
        Write(json, "templates", Templates);
        if (Commit is not null)
        {
            json.WriteString("commit", Commit);
        }

        if (IsDirty is { } dirty)
        {
            json.WriteBoolean("dirty", dirty);
        }

        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter)"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else; or another exception of the reader.</exception>
    public static RunOrigin Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        return new RunOrigin
        {
            Tool = root.GetProperty("tool").GetString() ?? "",
            Files = Parts(root.GetProperty("files")),
            Templates = Parts(root.GetProperty("templates")),
            Commit = root.TryGetProperty("commit", out var commit) ? commit.GetString() : null,
            IsDirty = root.TryGetProperty("dirty", out var dirty) ? dirty.GetBoolean() : null,
        };
    }

    static void Write(Utf8JsonWriter json, string name, IReadOnlyList<OriginPart> parts)
    {
        json.WriteStartArray(name);
        foreach (var part in parts)
        {
            json.WriteStartArray();
            json.WriteStringValue(part.Name);
            json.WriteStringValue(part.Sha256);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    static List<OriginPart> Parts(JsonElement parts) =>
        [.. parts.EnumerateArray().Select(part => new OriginPart(part[0].GetString() ?? "", part[1].GetString() ?? ""))];
}

/// <summary>A file or template a run was made from.</summary>
/// <param name="Name">Its path or name.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
readonly record struct OriginPart(string Name, string Sha256);
