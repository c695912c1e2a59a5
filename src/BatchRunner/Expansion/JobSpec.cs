using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Expansion;

/// <summary>One concrete job: a request, what it is called and where its file goes. Nothing in it changes any more.</summary>
sealed record JobSpec
{
    // Either what is long of it, or the shelf that has it.
    JobDetails? details;
    JobShelf? shelf;
    int number;

    /// <summary>Its place in plan order, from 0.</summary>
    public required int Index { get; init; }

    public required JobKey Key { get; init; }

    /// <summary>The job's name, unique in the plan.</summary>
    public required string Id { get; init; }

    /// <summary>Path below the run's folder with `/`, without extension, unique in the plan.</summary>
    public required string Output { get; init; }

    /// <summary>The arm's name, or null without templates.</summary>
    public string? Template { get; init; }

    /// <summary>From 1.</summary>
    public required int Take { get; init; }

    /// <summary>The row of every axis except `template`, in axis order.</summary>
    public required IReadOnlyList<AxisRow> Rows { get => details?.Rows ?? shelf?.RowsOf(number) ?? []; init => Change(Details with { Rows = value }); }

    /// <summary>Such as `image_to_video`.</summary>
    public required string Endpoint { get; init; }

    public required string Model { get; init; }

    /// <summary>
    /// The canonical request as JSON: members sorted, empty ones dropped, `promptText` trimmed. A local file stands as
    /// `sha256:HEX`, a URL without its signature. This, the endpoint and the take are what the key hashes.
    /// </summary>
    public required string Request { get => details?.Request ?? shelf?.RequestOf(number) ?? ""; init => Change(Details with { Request = value }); }

    /// <summary>What stands in <see cref="Request"/> in another form than it is sent.</summary>
    public IReadOnlyList<JobInput> Inputs { get => details?.Inputs ?? shelf?.InputsOf(number) ?? []; init => Change(Details with { Inputs = value }); }

    /// <summary>The most it may cost by the catalogue, or null if the catalogue has no price.</summary>
    public decimal? EstimatedCredits { get; init; }

    /// <summary>`promptText` as sent, or null.</summary>
    public string? Prompt { get => details is null ? shelf?.PromptOf(number) : details.Prompt; init => Change(Details with { Prompt = value }); }

    /// <summary>`ratio`, or the field that stands for it, as sent.</summary>
    public string? Ratio { get; init; }

    /// <summary>Seconds, as sent or the catalogue's default.</summary>
    public decimal? Duration { get; init; }

    public long? Seed { get; init; }

    /// <summary>The job whose request this one repeats under `dedupe: share`, else null.</summary>
    public string? SharesWith { get; init; }

    /// <summary>The word of `screening.deny` its prompt holds: it is never sent. Null: none.</summary>
    public string? ScreenedBy { get; init; }

    /// <summary>The extension its first output will have, such as `.mp4`.</summary>
    public required string Extension { get; init; }

    /// <summary>Where to point when something is wrong with this job: the row's line if it has one, else the arm.</summary>
    public SourcePlace? Place { get; init; }

    /// <summary>What is long of it.</summary>
    internal JobDetails Details => details ?? (shelf is null ? JobDetails.None : new JobDetails(Request, Prompt, Rows, Inputs));

    /// <summary>The same job, held in as little room as it can be.</summary>
    internal StoredJob Stored =>
        shelf is { } holder && IsShelved ? new StoredJob(holder, number) : new StoredJob(this);

    /// <summary>Says which shelf has what is long of it. For the shelf, which has just made it.</summary>
    internal JobSpec On(JobShelf holder, int at)
    {
        (details, shelf, number) = (null, holder, at);
        return this;
    }

    /// <summary>It stands on a shelf as it is.</summary>
    internal bool IsShelved => shelf is { } holder && holder[number].Equals(this);

    void Change(JobDetails to) => (details, shelf) = (to, null);
}

/// <summary>What is long of a job, and looked at seldom.</summary>
sealed record JobDetails(string Request, string? Prompt, IReadOnlyList<AxisRow> Rows, IReadOnlyList<JobInput> Inputs)
{
    public static JobDetails None { get; } = new("", null, [], []);
}

/// <summary>A row on an axis, as a job uses it.</summary>
/// <param name="Axis">The axis.</param>
/// <param name="Label">What the row is called.</param>
/// <param name="Columns">Column names, shared by all rows of the axis.</param>
/// <param name="Values">Text by column; null where blank.</param>
sealed record AxisRow(string Axis, string Label, IReadOnlyList<string> Columns, IReadOnlyList<string?> Values);

/// <summary>A value of the request that is sent in another form than it is hashed.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the value in the request.</param>
/// <param name="FullPath">The local file, or null.</param>
/// <param name="Sha256">Of the file's bytes, lower-case hex, or null.</param>
/// <param name="Bytes">The file's size.</param>
/// <param name="ContentType">By its bytes, such as `image/png`.</param>
/// <param name="Url">The whole URL with its signature, or null. A secret: never shown, logged or journaled.</param>
sealed record JobInput(string Pointer, string? FullPath, string? Sha256, long Bytes, string? ContentType, string? Url)
{
    /// <summary>Without the URL, whose signature would be in a log.</summary>
    public override string ToString() => $"{Pointer}: {FullPath ?? "[url]"}";
}
