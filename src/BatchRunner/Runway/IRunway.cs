namespace BatchRunner.Runway;

/// <summary>
/// The paid API, five verbs. No method throws for what the network or the server does: that is an answer. They throw only
/// when cancelled.
/// </summary>
interface IRunway
{
    /// <summary>
    /// Starts a paid task. <paramref name="body"/> is the whole JSON request. It leaves at most once per call, on a fresh
    /// connection, and is never repeated inside: only <see cref="RefusalKind.NotSent"/>, <see cref="RefusalKind.TooMany"/>
    /// and <see cref="RefusalKind.Overloaded"/> may be, by the caller, who knows whether submitting has stopped since.
    /// When cancelled it throws only if the request had not left; else the answer is <see cref="CreateAnswer.Lost"/>.
    /// </summary>
    Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel);

    /// <summary>Asks for a task. One request: the scheduler repeats, and knows when.</summary>
    Task<TaskAnswer> Get(TaskId id, CancellationToken cancel);

    /// <summary>Cancels a task, or deletes a finished one together with its outputs. Three tries.</summary>
    Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel);

    /// <summary>The account's balance and limits. Three tries.</summary>
    Task<OrganizationAnswer> GetOrganization(CancellationToken cancel);

    /// <summary>Uploads a local file for 24 hours. Three tries, each with a new placeholder.</summary>
    Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel);
}

/// <summary>Runway's name for a task, a UUID.</summary>
readonly record struct TaskId
{
    // Runway's ids are UUIDs, which take a fifth of their text's room; whatever is spelt otherwise stays as it came.
    readonly Guid uuid;
    readonly string? text;

    /// <param name="value">As Runway gave it.</param>
    public TaskId(string value)
    {
        if (!Guid.TryParseExact(value, "D", out uuid) || uuid.ToString("D") != value)
        {
            (uuid, text) = (default, value);
        }
    }

    /// <summary>As Runway gave it.</summary>
    public string Value => text ?? uuid.ToString("D");

    public override string ToString() => Value;
}
