using System.Security.Cryptography;

namespace BatchRunner.Planning.Saved;

/// <summary>Makes a <see cref="SavedPlan"/> of a plan: what is to be done, and the files that decided it.</summary>
static class PlanSaving
{
    /// <param name="plan">With its selection.</param>
    /// <param name="folder">Full path of the folder the plan will be kept in.</param>
    /// <param name="runFolder">Full path of the run's folder.</param>
    /// <param name="against">The host its tasks will live at, or `simulator`.</param>
    /// <exception cref="IOException">A file that was read a moment ago can't be read any more.</exception>
    public static SavedPlan Of(Plan plan, string folder, string runFolder, string against) => new()
    {
        Name = plan.Batch.Manifest.Name,
        Manifest = Relative(folder, plan.Batch.Manifest.File.FullPath),
        Folder = Relative(folder, runFolder),
        Against = against,
        Journal = plan.Journal.Header?.Folder,
        ManifestJobs = plan.Batch.Jobs.Count - plan.Batch.RetakeCount,
        Inputs = [.. Inputs(plan, folder).OrderBy(input => input.File, StringComparer.Ordinal)],
        Jobs = [.. plan.Jobs.Where(job => job.WillSubmit || job is { IsSelected: true, Action: PlanAction.PickedUp }).Select(Job)],
    };

    static SavedJob Job(PlannedJob job) => new(
        job.Spec.Id,
        job.Action,
        job.Action == PlanAction.Again ? job.State.Fence + 1 : 1,
        job.WillSubmit ? job.EstimatedCredits : null,
        job.Key);

    static IEnumerable<SavedInput> Inputs(Plan plan, string folder)
    {
        foreach (var file in plan.Batch.Manifest.Files.Select(file => file.FullPath).Distinct(StringComparer.Ordinal))
        {
            yield return new SavedInput(Relative(folder, file), Sha256(file));
        }

        // The bytes that went into the key, not those that lie there now.
        var media = plan.Jobs.Where(job => job.IsSelected).SelectMany(job => job.Spec.Inputs);
        foreach (var input in media.Where(input => input.FullPath is not null).DistinctBy(input => input.FullPath))
        {
            yield return new SavedInput(Relative(folder, input.FullPath ?? ""), input.Sha256 ?? "");
        }
    }

    /// <summary>The hash of a file's bytes, lower-case hex.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static string Sha256(string fullPath)
    {
        using var stream = File.OpenRead(fullPath);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A path as seen from a folder, with `/`.</summary>
    public static string Relative(string folder, string path) =>
        Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/');
}
