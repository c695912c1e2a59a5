
namespace BatchRunner.Journaling.Records;

/// <summary>
/// Appends records, many waiting ones with one write and one sync. The first failure poisons it: from then on nothing is
/// written and every answer is that failure, because nobody knows where the file ends.
/// </summary>
sealed class JournalWriter : IAsyncDisposable
{
    readonly Lock gate = new();
    readonly IAppendFile file;
    readonly RecordWriter records;
    readonly TimeProvider time;
    readonly Action<long, uint>? onSaved;
    Batch filling = new();
    Task flushing = Task.CompletedTask;
    bool isFlushing;
    long number;
    uint sum;
    string? broken;

    /// <param name="file">The journal.</param>
    /// <param name="records">Writes payloads.</param>
    /// <param name="time">Dates records.</param>
    /// <param name="lastNumber">Of the last record that is there; 0: none.</param>
    /// <param name="lastSum">That record's sum.</param>
    /// <param name="onSaved">Told the last record of what is on the disk now; must not throw.</param>
    public JournalWriter(
        IAppendFile file, RecordWriter records, TimeProvider time, long lastNumber, uint lastSum, Action<long, uint>? onSaved = null)
    {
        this.file = file;
        this.onSaved = onSaved;
        this.records = records;
        this.time = time;
        (number, sum) = (lastNumber, lastSum);
    }

    /// <summary>Why nothing is written any more, or null.</summary>
    public string? Broken
    {
        get
        {
            lock (gate)
            {
                return broken;
            }
        }
    }

    /// <summary>
    /// Appends records in one piece. The task ends when they are on the disk if <paramref name="durable"/>, else when they
    /// are written; its result is null, or why they are not.
    /// </summary>
    public Task<string?> Append(IEnumerable<JournalRecord> several, bool durable)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                return Task.FromResult<string?>(broken);
            }

            foreach (var record in several)
            {
                var payload = records.Write(record, time.GetUtcNow());
                sum = RecordLine.Write(filling.Bytes, ++number, sum, payload);
            }

            filling.IsDurable |= durable;
            filling.Last = (number, sum);
            if (!isFlushing)
            {
                isFlushing = true;
                flushing = Task.Run(Flush);
            }

            return filling.Done.Task;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (gate)
        {
            last = flushing;
        }

        await last;
        records.Dispose();
        file.Dispose();
    }

    void Flush()
    {
        while (true)
        {
            Batch batch;
            lock (gate)
            {
                if (filling.Bytes.Length == 0)
                {
                    isFlushing = false;
                    return;
                }

                (batch, filling) = (filling, new Batch());
            }

            var failure = Write(batch);
            batch.Done.SetResult(failure);
            if (failure is null && batch.IsDurable)
            {
                onSaved?.Invoke(batch.Last.Number, batch.Last.Sum);
            }
        }
    }

    string? Write(Batch batch)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                return broken;
            }
        }

        try
        {
            file.Append(batch.Bytes.GetBuffer().AsSpan(0, (int)batch.Bytes.Length));
            if (batch.IsDurable)
            {
                file.Sync();
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A sync that failed once must not be repeated: the next one may lie.
            lock (gate)
            {
                return broken = Disk.Describe(error);
            }
        }
    }

    sealed class Batch
    {
        public MemoryStream Bytes { get; } = new();

        public bool IsDurable { get; set; }

        public (long Number, uint Sum) Last { get; set; }

        // Whoever waits goes on elsewhere: the next batch must not wait for it.
        public TaskCompletionSource<string?> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
