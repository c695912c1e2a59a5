namespace BatchRunner.Runway;

/// <summary>What became of a create.</summary>
abstract record CreateAnswer
{
    /// <summary>A task was made.</summary>
    /// <param name="Task">Its id.</param>
    /// <param name="EstimatedCredits">The most it may cost by the API's own word, or null.</param>
    /// <param name="RequestId">The gateway's correlation id, or null.</param>
    public sealed record Accepted(TaskId Task, decimal? EstimatedCredits, string? RequestId) : CreateAnswer;

    /// <summary>Certainly no task was made.</summary>
    /// <param name="Kind">Why.</param>
    /// <param name="Message">The server's words, made safe, or ours.</param>
    /// <param name="RetryAfter">The server's wish, or null.</param>
    public sealed record Refused(RefusalKind Kind, string Message, TimeSpan? RetryAfter = null) : CreateAnswer;

    /// <summary>A task may have been made and charged: nobody can tell.</summary>
    /// <param name="Reason">Such as "connection reset after the request was sent".</param>
    public sealed record Lost(string Reason) : CreateAnswer;
}

/// <summary>Why a create was certainly refused.</summary>
enum RefusalKind
{
    /// <summary>It never left: no connection, no name, no TLS.</summary>
    NotSent,

    /// <summary>429 that is not the daily cap.</summary>
    TooMany,

    /// <summary>429 that says the model's daily cap is reached.</summary>
    DailyCap,

    /// <summary>503 with the API's own JSON error.</summary>
    Overloaded,

    /// <summary>400 that says the credits ran out.</summary>
    NoCredits,

    /// <summary>401 or 403: the key is refused.</summary>
    KeyRefused,

    /// <summary>400, 404, 405, 413 or 422: this request is wrong.</summary>
    BadRequest,
}

/// <summary>What became of asking for a task.</summary>
abstract record TaskAnswer
{
    public sealed record Found(TaskSnapshot Task) : TaskAnswer;

    /// <summary>404: deleted, or of another project.</summary>
    public sealed record Gone : TaskAnswer;

    /// <summary>401 or 403.</summary>
    public sealed record KeyRefused(string Message) : TaskAnswer;

    /// <summary>Anything else: ask again later.</summary>
    /// <param name="Reason">In words.</param>
    /// <param name="RetryAfter">The server's wish, or null.</param>
    /// <param name="IsSenseless">The API did answer, but nothing that means anything.</param>
    public sealed record Trouble(string Reason, TimeSpan? RetryAfter = null, bool IsSenseless = false) : TaskAnswer;
}

/// <summary>A task's state by Runway's word (runway-api.md section 3).</summary>
enum TaskStatus
{
    /// <summary>A word we don't know: not an end, ask again.</summary>
    Other,
    Throttled,
    Pending,
    Running,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>A task as the API shows it now.</summary>
sealed record TaskSnapshot
{
    public required TaskId Id { get; init; }

    public required TaskStatus Status { get; init; }

    /// <summary>The API's own word, made safe.</summary>
    public required string StatusWord { get; init; }

    /// <summary>0 to 1 while running, or null.</summary>
    public double? Progress { get; init; }

    /// <summary>The most it may cost, or null.</summary>
    public decimal? EstimatedCredits { get; init; }

    /// <summary>What it did cost, or null if the API did not say.</summary>
    public decimal? CostCredits { get; init; }

    /// <summary>Signed URLs: secrets, never logged or journaled.</summary>
    public IReadOnlyList<Uri> Outputs { get; init; } = [];

    public string? Failure { get; init; }

    public string? FailureCode { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>What became of a delete.</summary>
abstract record DeleteAnswer
{
    /// <summary>204, or 404: it is gone.</summary>
    public sealed record Confirmed : DeleteAnswer;

    public sealed record KeyRefused(string Message) : DeleteAnswer;

    public sealed record Trouble(string Reason) : DeleteAnswer;
}

/// <summary>What became of asking for the account.</summary>
abstract record OrganizationAnswer
{
    /// <summary>The server's clock when it answered, to a second; null if it did not say.</summary>
    public DateTimeOffset? ServerTime { get; init; }

    public sealed record Found(Organization Organization) : OrganizationAnswer;

    public sealed record KeyRefused(string Message) : OrganizationAnswer;

    /// <param name="Reason">In words.</param>
    /// <param name="IsNobodyThere">Every connection was refused.</param>
    public sealed record Trouble(string Reason, bool IsNobodyThere = false) : OrganizationAnswer;
}

/// <summary>The account. Limits per model are null where there is none.</summary>
sealed record Organization(decimal CreditBalance, IReadOnlyDictionary<string, ModelAllowance> Models);

/// <summary>What the account may do with a model.</summary>
sealed record ModelAllowance(int? MaxConcurrent, int? MaxDaily, int DailyUsed);

/// <summary>What became of an upload.</summary>
abstract record UploadAnswer
{
    /// <summary>It is there.</summary>
    /// <param name="Uri">A `runway://` URI, valid 24 hours.</param>
    /// <param name="Sha256">Of the bytes that were sent, lower-case hex; null only from a stand-in that sends none.</param>
    public sealed record Uploaded(string Uri, string? Sha256 = null) : UploadAnswer;

    public sealed record KeyRefused(string Message) : UploadAnswer;

    /// <summary>It did not work after several tries; nothing was charged.</summary>
    public sealed record Failed(string Reason, bool IsTransient) : UploadAnswer;
}
