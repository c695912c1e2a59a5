using System.Threading.Channels;

namespace BatchRunner.Scheduling;

/// <summary>A bounded queue with a fixed number of workers behind it. When a worker breaks, so does the lane.</summary>
sealed class Lane<T>
{
    readonly Channel<T> queue;
    readonly Task[] workers;

    /// <param name="width">Workers.</param>
    /// <param name="capacity">What may wait for them.</param>
    /// <param name="work">What each does with an item.</param>
    /// <param name="onBroken">Told when one breaks, so that nobody waits for what it would have done.</param>
    public Lane(int width, int capacity, Func<T, Task> work, Action<Exception> onBroken)
    {
        queue = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = width == 1 });
        workers = [.. Enumerable.Range(0, width).Select(_ => Task.Run(() => Work(work, onBroken)))];
    }

    /// <summary>Puts an item in, waiting for room.</summary>
    public ValueTask Put(T item) => queue.Writer.WriteAsync(item);

    /// <summary>Nothing more comes: ends when everything put in is done.</summary>
    public Task Close()
    {
        queue.Writer.TryComplete();
        return Task.WhenAll(workers);
    }

    async Task Work(Func<T, Task> work, Action<Exception> onBroken)
    {
        try
        {
            await foreach (var item in queue.Reader.ReadAllAsync())
            {
                await work(item);
            }
        }
        catch (Exception error)
        {
            // Nobody must wait for room in a queue that nobody empties.
            queue.Writer.TryComplete(error);
            onBroken(error);
            throw;
        }
    }
}
