namespace BatchRunner.Runway;

/// <summary>
/// The paid API, five verbs. Everything but <see cref="Create"/> may be repeated and is, inside. A create is sent
/// once per call, on a fresh connection; it is repeated inside only when it certainly did not arrive. No method throws
/// for what the network or the server does: that is an answer. They throw only when cancelled.
/// </summary>
interface IRunway
{
    /// <summary>Starts a paid task. <paramref name="body"/> is the whole JSON request.</summary>
    Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel);

    /// <summary>Asks for a task. One request; repeating on trouble is the scheduler's, which knows when it asks next.</summary>
    Task<TaskAnswer> Get(TaskId id, CancellationToken cancel);

    /// <summary>Cancels a task, or deletes a finished one together with its outputs.</summary>
    Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel);

    /// <summary>The account's balance and limits; null and why if it did not answer.</summary>
    Task<OrganizationAnswer> GetOrganization(CancellationToken cancel);

    /// <summary>Uploads a local file for 24 hours.</summary>
    Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel);
}

/// <summary>Runway's name for a task, a UUID.</summary>
readonly record struct TaskId(string Value)
{
    public override string ToString() => Value;
}
