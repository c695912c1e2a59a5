using System.Globalization;
using System.Security.Cryptography;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Keys;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Results.Provenance;

namespace BatchRunner.Results.Verifying;

/// <summary>Holds every finished file, and results.csv, against the journal. Reads only.</summary>
sealed class Verifier(RunFolder folder, JournalContents journal)
{
    const string ResultsName = "results.csv";

    static readonly HashSet<string> Media = new(StringComparer.OrdinalIgnoreCase)
    {
        ".mp4", ".mov", ".webm", ".mkv", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".wav", ".mp3", ".ogg", ".zip",
    };

    readonly Dictionary<string, JournaledJob> known = new(StringComparer.Ordinal);

    /// <summary>All of it. Throws only when cancelled.</summary>
    public async Task<Verification> Verify(CancellationToken cancel)
    {
        var isAtWork = RunLock.IsHeld(folder.Lock);
        var broken = new List<Finding>();
        var (count, bytes) = (0, 0L);
        foreach (var job in journal.Jobs.Where(job => job.Shares is null))
        {
            foreach (var file in job.State.Files)
            {
                (count, bytes) = (count + 1, bytes + file.Bytes);
                known[file.Path] = job;
                if (await Check(job, file, cancel) is { } finding)
                {
                    broken.Add(finding);
                }
            }
        }

        if (!isAtWork)
        {
            broken.AddRange(CheckProjection());
        }

        // A clip somebody edited: the run that found it let it go, and it is still no clip of its job.
        var others = Strangers(isAtWork).ToLookup(finding => finding is { Kind: FindingKind.Unrecorded, Job.State.LacksFiles: true });
        broken.AddRange(others[true]);
        return new Verification
        {
            FileCount = count,
            Bytes = bytes,
            Broken = broken,
            Strangers = [.. others[false].OrderBy(finding => finding.Path, StringComparer.Ordinal)],
            IsAtWork = isAtWork,
        };
    }

    async Task<Finding?> Check(JournaledJob job, JobFile file, CancellationToken cancel)
    {
        var found = new FileInfo(folder.PathOf(file.Path));
        if (found.LinkTarget is not null || Directory.Exists(found.FullName))
        {
            return new Finding(FindingKind.NotAFile, file.Path, job);
        }

        if (!found.Exists)
        {
            return new Finding(FindingKind.Missing, file.Path, job);
        }

        if (found.Length != file.Bytes)
        {
            return new Finding(FindingKind.WrongSize, file.Path, job, $"{Text(found.Length)} bytes instead of {Text(file.Bytes)}");
        }

        try
        {
            await using var stream = found.OpenRead();
            var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancel));
            return sha256 == file.Sha256
                ? null
                : new Finding(FindingKind.WrongBytes, file.Path, job, $"SHA-256 {sha256[..8]}… instead of {file.Sha256[..8]}…");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding(FindingKind.Unreadable, file.Path, job, Disk.Describe(error));
        }
    }

    IEnumerable<Finding> CheckProjection()
    {
        if (journal.TornBytes > 0)
        {
            var path = Path.GetRelativePath(folder.Root, folder.Journal).Replace('\\', '/');
            yield return new Finding(FindingKind.TornJournal, path, Detail: $"{Text(journal.TornBytes)} bytes that were never acknowledged");
        }

        foreach (var job in journal.Jobs.Where(job => job.State.Files.Length > 0 && IsOtherKey(job)))
        {
            yield return new Finding(FindingKind.OtherKey, job.State.Files[0].Path, job);
        }

        var (table, hasMark) = (ResultsTable.Of(journal), ResultsFiles.HasMark(Path.Combine(folder.Root, ResultsName)));
        if (Compare(ResultsName, file => ResultsCsv.Write(file, table, hasMark), FindingKind.NoResults, FindingKind.OtherResults) is { } results)
        {
            yield return results;
        }

        if (ProvenanceLines.IsNeeded(journal)
            && Compare(ProvenanceFile.Name, file => ProvenanceLines.Write(file, journal), FindingKind.NoProvenance, FindingKind.OtherProvenance) is { } other)
        {
            yield return other;
        }
    }

    // By the rule of the journal's own version; another version's rule is not known here.
    bool IsOtherKey(JournaledJob job) => journal.Header?.KeyVersion == JobKey.Version
        && JobKeys.Of(job.Spec.Endpoint, job.Spec.Request, job.Spec.Take) != job.Spec.Key;

    // Null if the file has these bytes.
    Finding? Compare(string name, Action<Stream> projection, FindingKind gone, FindingKind other)
    {
        var path = Path.Combine(folder.Root, name);
        if (!Path.Exists(path))
        {
            return new Finding(gone, name);
        }

        if (!FolderCheck.IsPlainFile(path))
        {
            return new Finding(other, name, Detail: "it is a link, or no file");
        }

        try
        {
            return WholeFile.Says(path, projection) ? null : new Finding(other, name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Finding(other, name, Detail: Disk.Describe(error));
        }
    }

    IEnumerable<Finding> Strangers(bool isAtWork)
    {
        var places = journal.Jobs.Where(job => job.Shares is null)
            .GroupBy(job => job.Spec.Output + job.Spec.Extension, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last(), StringComparer.Ordinal);
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.ReparsePoint,
            IgnoreInaccessible = true,
        };
        foreach (var full in Directory.EnumerateFiles(folder.Root, "*", options))
        {
            var path = Path.GetRelativePath(folder.Root, full).Replace('\\', '/');
            if (path.StartsWith(RunFolder.Posters + "/", StringComparison.Ordinal))
            {
                continue;
            }

            var isHidden = path.StartsWith(".batchrunner/", StringComparison.Ordinal);
            if (path.EndsWith(".part", StringComparison.Ordinal) || (isHidden && Media.Contains(Path.GetExtension(path))))
            {
                // Whoever is at work will end these.
                if (!isAtWork)
                {
                    yield return new Finding(FindingKind.Part, path);
                }
            }
            else if (!isHidden && !known.ContainsKey(path) && Media.Contains(Path.GetExtension(path)))
            {
                var job = places.GetValueOrDefault(path);
                if (job is null || !isAtWork)
                {
                    yield return new Finding(job is null ? FindingKind.Stranger : FindingKind.Unrecorded, path, job);
                }
            }
        }
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
