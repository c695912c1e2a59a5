using System.Security.Cryptography;
using System.Text;
using BatchRunner.Expansion;
using BatchRunner.Journaling.Records;
using BatchRunner.Planning.Saved;

namespace BatchRunner.Planning;

/// <summary>What a batch was made from, for the record of where a clip comes from.</summary>
static class Origins
{
    /// <param name="batch">The manifest's jobs.</param>
    /// <param name="runFolder">Full path of the run's folder.</param>
    /// <param name="tool">This version of BatchRunner.</param>
    /// <returns>Null if a file that was read a moment ago can't be read any more: nothing is held up by that.</returns>
    public static RunOrigin? Of(ExpandedBatch batch, string runFolder, string tool)
    {
        try
        {
            return new RunOrigin
            {
                Tool = tool,
                Files = [.. Texts(batch).Select(path => new OriginPart(PlanSaving.Relative(runFolder, path), PlanSaving.Sha256(path)))],
                Templates = [.. batch.Manifest.Arms.Select(arm => new OriginPart(arm.Name, Sha256(arm.Text.Text)))],
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Full paths of every file the jobs were made from: those above, and media.</summary>
    public static IReadOnlyList<string> Files(ExpandedBatch batch) =>
        [.. Texts(batch).Concat(batch.Jobs.SelectMany(job => job.Inputs).Select(input => input.FullPath).OfType<string>()).Distinct(StringComparer.Ordinal)];

    static IEnumerable<string> Texts(ExpandedBatch batch) =>
        batch.Manifest.Files.Select(file => file.FullPath).Prepend(batch.Manifest.File.FullPath).Distinct(StringComparer.Ordinal);

    static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
