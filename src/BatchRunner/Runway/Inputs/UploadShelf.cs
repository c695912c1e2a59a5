using System.Collections.Concurrent;
using BatchRunner.Expansion;

namespace BatchRunner.Runway.Inputs;

/// <summary>
/// What was uploaded, by the bytes' SHA-256: each file goes up once while its upload is valid. In memory only: a run that is
/// started again sends its files again, which costs nothing but time.
/// </summary>
sealed class UploadShelf(IRunway runway, TimeProvider clock) : IDisposable
{
    /// <summary>
    /// How long an upload is given to further jobs. Runway keeps it 24 hours, but may read it only when the task leaves its
    /// queue: the last 4 are left for that, so that no accepted task finds its input gone.
    /// </summary>
    public static TimeSpan Validity { get; } = TimeSpan.FromHours(20);

    readonly ConcurrentDictionary<string, Place> places = new(StringComparer.Ordinal);

    /// <summary>
    /// The upload of this input's bytes, made now if there is none that is still valid; or, without one, what is wrong with
    /// the file.
    /// </summary>
    public async Task<(UploadAnswer? Upload, LocalFile? File)> Get(
        JobInput input,
        string sha256,
        string fullPath,
        CancellationToken cancel)
    {
        var place = places.GetOrAdd(sha256, _ => new Place());

        // A lock each, not one shared task: whoever is cancelled must not cancel the others' upload.
        await place.Turn.WaitAsync(cancel);
        try
        {
            if (place.Uploaded is { } known && AgeOf(place) < Validity)
            {
                return (known, null);
            }

            // Before, so that a changed file isn't sent for each of its jobs; after, because it may change on the way.
            if (await LocalFile.Check(fullPath, sha256, input.Bytes, cancel) is not LocalFile.Same and var problem)
            {
                return (null, problem);
            }

            var (timestamp, time) = (clock.GetTimestamp(), clock.GetUtcNow());
            var answer = await runway.Upload(fullPath, input.ContentType ?? "application/octet-stream", cancel);
            if (answer is not UploadAnswer.Uploaded uploaded)
            {
                return (answer, null);
            }

            if ((uploaded.Sha256 ?? sha256) != sha256)
            {
                return (null, LocalFile.OtherBytes(fullPath));
            }

            (place.Uploaded, place.Timestamp, place.Time) = (uploaded, timestamp, time);
            return (uploaded, null);
        }
        finally
        {
            place.Turn.Release();
        }
    }

    public void Dispose()
    {
        foreach (var place in places.Values)
        {
            place.Turn.Dispose();
        }
    }

    /// <summary>By the clock that jumps and by the one that sleeps with the machine: the older counts.</summary>
    TimeSpan AgeOf(Place place)
    {
        var (awake, wall) = (clock.GetElapsedTime(place.Timestamp), clock.GetUtcNow() - place.Time);
        return awake > wall ? awake : wall;
    }

    sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public UploadAnswer.Uploaded? Uploaded { get; set; }

        public long Timestamp { get; set; }

        public DateTimeOffset Time { get; set; }
    }
}
