namespace BatchRunner.Expansion;

/// <summary>
/// Has what is garbage already collected every few megabytes. Left alone, the runtime lets it grow to the size of the
/// processor's cache first, which is a hundred megabytes on a server and says nothing about what a batch needs.
/// </summary>
static class ShortLived
{
    const long Most = 8 << 20;

    static long last;

    /// <summary>Called once in a while by what goes through a whole batch: cheap, and mostly does nothing.</summary>
    public static void Collect()
    {
        var (now, before) = (GC.GetTotalAllocatedBytes(), Volatile.Read(ref last));
        if (now - before >= Most && Interlocked.CompareExchange(ref last, now, before) == before)
        {
            GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: false);
        }
    }
}
