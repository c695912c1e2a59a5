using System.Security.Cryptography;
using BatchRunner.Journaling.Guarding;

namespace BatchRunner.Planning.Saved;

/// <summary>
/// Which journal a saved plan was run with on this machine, kept outside of the run's folder. A plan that was saved before
/// its folder's first run says nothing of a journal; a copy of it must not be taken for one that nobody has paid for when
/// the folder is gone.
/// </summary>
static class RanPlans
{
    const int MostDigits = 64;

    /// <summary>The id of the journal the plan was run with, or null: nothing is known of a run here.</summary>
    /// <param name="outside">The user's folder.</param>
    /// <param name="plan">The plan, or a copy.</param>
    public static string? JournalOf(string outside, SavedPlan plan)
    {
        try
        {
            var file = new FileInfo(PathOf(outside, plan));
            var id = file is { Exists: true, Length: <= MostDigits } ? File.ReadAllText(file.FullName) : "";
            return id.Length > 0 && id.All(char.IsAsciiLetterOrDigit) ? id : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // As on a machine that never saw the plan.
            return null;
        }
    }

    /// <summary>The plan is run with that journal from now on. A note that can't be kept stops nothing: the plan itself is bound.</summary>
    public static void Note(string outside, SavedPlan plan, string journal)
    {
        try
        {
            Directory.CreateDirectory(outside);
            File.WriteAllText(PathOf(outside, plan), journal);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The first of two nets is the plan's own file.
        }
    }

    // By what it says, not by where it lies: a copy is the same plan.
    static string PathOf(string outside, SavedPlan plan) => OutsideFiles.PathOf(
        outside, Convert.ToHexStringLower(SHA256.HashData(SavedPlanText.Of(plan with { Journal = null }))), ".ran");
}
