using BatchRunner.Runway;

namespace BatchRunner.Cli.Runs;

/// <summary>A Runway that is reached only when it is needed: a run with nothing to do starts no simulator.</summary>
sealed class LateRunway(Func<CancellationToken, Task<IRunway>> reach) : IRunway, IDisposable
{
    readonly SemaphoreSlim gate = new(1);
    IRunway? reached;

    public async Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
        await (await Reach(cancel)).Create(endpoint, body, cancel);

    public async Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) => await (await Reach(cancel)).Get(id, cancel);

    public async Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel) => await (await Reach(cancel)).Delete(id, cancel);

    public async Task<OrganizationAnswer> GetOrganization(CancellationToken cancel) =>
        await (await Reach(cancel)).GetOrganization(cancel);

    public async Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel) =>
        await (await Reach(cancel)).Upload(fullPath, contentType, cancel);

    public void Dispose() => gate.Dispose();

    async Task<IRunway> Reach(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            return reached ??= await reach(cancel);
        }
        finally
        {
            gate.Release();
        }
    }
}
