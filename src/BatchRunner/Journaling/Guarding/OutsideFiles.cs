namespace BatchRunner.Journaling.Guarding;

/// <summary>Files about a run's folder that lie outside of it, in a folder of the user.</summary>
static class OutsideFiles
{
    /// <summary>The path of one.</summary>
    /// <param name="folder">The user's folder.</param>
    /// <param name="runId">The run folder's own id, as its journal tells it: only its letters and digits are believed.</param>
    /// <param name="extension">With its dot.</param>
    public static string PathOf(string folder, string runId, string extension) =>
        Path.Combine(folder, $"batchrunner-{string.Concat(runId.Where(char.IsAsciiLetterOrDigit))}{extension}");
}
