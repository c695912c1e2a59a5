using System.Diagnostics;
using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.TestKit.Fuzzing;

/// <summary>What a fuzz run saw.</summary>
/// <param name="Read">Inputs that became a manifest.</param>
/// <param name="Refused">Inputs that became diagnostics.</param>
/// <param name="Slowest">Of one input.</param>
/// <param name="MostBytes">Allocated for one input.</param>
/// <param name="Failures">Inputs that crashed, or were answered by something that is neither; with how to make them again.</param>
public sealed record FuzzResult(
    int Read, int Refused, TimeSpan Slowest, long MostBytes, IReadOnlyList<string> Failures);

/// <summary>Reads spoilt manifests: each must end as a manifest, or as problems with places. The same seed does the same.</summary>
public static class ManifestFuzz
{
    /// <summary>Reads <paramref name="count"/> spoilt manifests; the first ten failures are kept.</summary>
    public static FuzzResult Run(int seed, int count)
    {
        using var folder = new TempFolder();
        foreach (var (path, text) in ManifestSeeds.Beside)
        {
            folder.Write(path, text);
        }

        var (read, refused, slowest, mostBytes) = (0, 0, TimeSpan.Zero, 0L);
        List<string> failures = [];
        for (var i = 0; i < count && failures.Count < 10; i++)
        {
            // Each input by its own seed, so that one can be made again alone.
            var bytes = new Mutation(
                new(unchecked((seed * 1_000_003) + i)), ManifestSeeds.All, ManifestSeeds.Pieces).Next();
            File.WriteAllBytes(folder["batch.yaml"], bytes);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            try
            {
                DiagnosticBag problems = [];
                var manifest = ManifestReader.Read(folder["batch.yaml"], null, problems);
                var (elapsed, allocated) = (watch.Elapsed, GC.GetAllocatedBytesForCurrentThread() - before);
                slowest = elapsed > slowest ? elapsed : slowest;
                mostBytes = Math.Max(mostBytes, allocated);
                if (Wrong(manifest, problems) is { } wrong)
                {
                    failures.Add(Name(seed, i, wrong));
                }

                (read, refused) = problems.HasErrors ? (read, refused + 1) : (read + 1, refused);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failures.Add(Name(seed, i, error.ToString()));
            }
        }

        return new(read, refused, slowest, mostBytes, failures);
    }

    static string Name(int seed, int index, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"seed {seed}, input {index}: {what}");

    static string? Wrong(Manifest? manifest, DiagnosticBag problems)
    {
        if (manifest is null && !problems.HasErrors)
        {
            return "neither a manifest nor a problem";
        }

        foreach (var problem in problems.InOrder())
        {
            var line = problem.Place is { } place ? place.File.LineAt(place.Line) : null;
            if (problem.Place is not { Line: > 0, Column: > 0, Length: > 0 } at
                || at.Column > (line?.Length ?? 0) + 1
                || (problem.Message + problem.Hint).Any(char.IsControl))
            {
                return $"a problem without a good place or text: {problem}";
            }
        }

        return null;
    }
}
