using BatchRunner.Cli.World;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Runs;

/// <summary>What a run's jobs were made from, with the git commit if there is one.</summary>
static class Origin
{
    /// <summary>Null if nothing will be submitted, or if it can't be told.</summary>
    public static async Task<RunOrigin?> Of(Plan plan, RunFolder folder, Surroundings outside)
    {
        if (!plan.Jobs.Any(job => job.WillSubmit || job.Action == PlanAction.PickedUp)
            || Origins.Of(plan.Batch, folder.Root, Release.Version) is not { } origin)
        {
            return null;
        }

        return await GitCheckout.Of(plan.Batch.Manifest.Folder, Origins.Files(plan.Batch), outside) is var (commit, isDirty)
            ? origin with { Commit = commit, IsDirty = isDirty }
            : origin;
    }
}
