using BatchRunner.Diagnostics;

namespace BatchRunner.Journaling;

/// <summary>Finds the jobs that a person means: by name, by the beginning of a key, or by a pattern.</summary>
static class JobSearch
{
    /// <summary>Digits of a key that are enough to mean a job; fewer are more likely a name.</summary>
    public const int LeastKey = 6;

    /// <summary>Whether a word means several jobs at once.</summary>
    public static bool IsPattern(string word) => word.AsSpan().ContainsAny('*', '?');

    /// <summary>
    /// The jobs of a journal that a word means, those of the last plan first. A name may have belonged to several keys; a
    /// row that shares another's request stands for the job it shares.
    /// </summary>
    public static IReadOnlyList<JournaledJob> Find(JournalContents journal, string word)
    {
        var named = IsPattern(word)
            ? journal.Jobs.Where(job => System.IO.Enumeration.FileSystemName.MatchesSimpleExpression(word, job.Spec.Id))
            : journal.Jobs.Where(job => job.Spec.Id == word);
        List<JournaledJob> found = [.. Owners(journal, named)];
        return found.Count > 0 || !IsKey(word)
            ? found
            : [.. journal.Jobs.Where(job => job.Shares is null && HasKey(job.Spec.Key.Hex, word))];
    }

    /// <summary>Whether a key is meant by its beginning.</summary>
    public static bool HasKey(string key, string word) => IsKey(word) && key.StartsWith(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>A hint for a word that means nothing here, or null.</summary>
    public static string? Hint(JournalContents journal, string word) =>
        Nearest.Hint(word, journal.Jobs.Select(job => job.Spec.Id).Distinct());

    static bool IsKey(string word) => word.Length is >= LeastKey and <= 64 && word.All(char.IsAsciiHexDigit);

    static IEnumerable<JournaledJob> Owners(JournalContents journal, IEnumerable<JournaledJob> jobs) =>
        jobs.OrderBy(job => !job.IsPlanned).ThenBy(job => job.Number).Select(journal.Owner).DistinctBy(job => job.Number);
}
