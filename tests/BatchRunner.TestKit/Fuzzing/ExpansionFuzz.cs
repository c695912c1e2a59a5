using System.Diagnostics;
using System.Globalization;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Manifests;

namespace BatchRunner.TestKit.Fuzzing;

/// <summary>Expands spoilt sheets and manifests: each must end as a plan, or as problems with places. The same seed does the same.</summary>
public static class ExpansionFuzz
{
    static readonly TimeSpan Slow = TimeSpan.FromSeconds(20);

    /// <summary>Expands <paramref name="count"/> of them, every fourth with the manifest spoilt; the first ten failures are kept.</summary>
    public static FuzzResult Run(int seed, int count)
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["hero.png"], MediaBytes.Png(1280, 720));
        var (read, refused, slowest, mostBytes) = (0, 0, TimeSpan.Zero, 0L);
        List<string> failures = [];
        for (var i = 0; i < count && failures.Count < 10; i++)
        {
            // Each input by its own seed, so that one can be made again alone.
            var random = new Random(unchecked((seed * 1_000_003) + i));
            Write(folder, random, isManifest: i % 4 == 0);
            var watch = Stopwatch.StartNew();
            try
            {
                DiagnosticBag problems = [];
                var batch = ManifestReader.Read(folder["batch.yaml"], null, problems) is { } manifest
                    ? Expander.Expand(manifest, ModelCatalogue.BuiltIn, problems, CancellationToken.None)
                    : null;
                var elapsed = watch.Elapsed;
                slowest = elapsed > slowest ? elapsed : slowest;
                // The heap with its garbage, whoever else is using it: more than this input can have held.
                mostBytes = Math.Max(mostBytes, GC.GetTotalMemory(forceFullCollection: false));
                if ((elapsed > Slow ? $"it took {elapsed}" : Wrong(batch, problems)) is { } wrong)
                {
                    failures.Add(Name(seed, i, wrong));
                }

                (read, refused) = batch is null ? (read, refused + 1) : (read + 1, refused);
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                failures.Add(Name(seed, i, error.ToString()));
            }
        }

        return new(read, refused, slowest, mostBytes, failures);
    }

    static void Write(TempFolder folder, Random random, bool isManifest)
    {
        var manifest = isManifest ? new Mutation(random, [ExpansionSeeds.Manifest], ManifestSeeds.Pieces).Next() : null;
        var sheet = isManifest ? null : new Mutation(random, ExpansionSeeds.Sheets, ExpansionSeeds.Pieces).Next();
        File.WriteAllBytes(folder["batch.yaml"], manifest ?? System.Text.Encoding.UTF8.GetBytes(ExpansionSeeds.Manifest));
        File.WriteAllBytes(folder["r.csv"], sheet ?? System.Text.Encoding.UTF8.GetBytes(ExpansionSeeds.Sheets[0]));
    }

    static string Name(int seed, int index, string what) => string.Create(CultureInfo.InvariantCulture, $"seed {seed}, input {index}: {what}");

    static string? Wrong(ExpandedBatch? batch, DiagnosticBag problems)
    {
        if (batch is null != problems.HasErrors)
        {
            return batch is null ? "neither a plan nor a problem" : "a plan in spite of a problem";
        }

        if (batch?.Jobs.FirstOrDefault(job => job.Output.Split('/').Any(part => part.Length == 0 || part.Trim('.').Length == 0)) is { } outside)
        {
            return $"an output that is none: {outside.Output}";
        }

        foreach (var problem in problems.InOrder())
        {
            var line = problem.Place is { } place ? place.File.LineAt(place.Line) : null;
            if (problem.Place is not { Line: > 0, Column: > 0, Length: > 0 } at || at.Column > (line?.Length ?? 0) + 1)
            {
                return $"a problem without a good place: {problem}";
            }
        }

        return null;
    }
}
