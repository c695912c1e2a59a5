using System.Security.Cryptography;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;

namespace BatchRunner.Results.Reviewing;

/// <summary>
/// `NAME.review.csv` beside the manifest. It is read anew before every change, so what somebody else wrote meanwhile stays;
/// replaced whole or not at all. Several threads and processes take turns, so no verdict is lost.
/// </summary>
/// <param name="path">Full path.</param>
/// <param name="shown">As the user would type it.</param>
sealed class ReviewFile(string path, string shown)
{
    readonly Lock gate = new();
    byte[] known = [];

    /// <summary>As the user would type it.</summary>
    public string Shown => shown;

    /// <summary>Somebody has said something, ever.</summary>
    public bool Exists => Path.Exists(path);

    /// <summary>What it says; empty if there is none yet; null if a problem was told.</summary>
    public Review? Read(DiagnosticBag problems)
    {
        lock (gate)
        {
            return Load(problems) is var (sheet, hash, _) && (known = hash) is not null ? sheet.Review : null;
        }
    }

    /// <summary>Puts a verdict into it.</summary>
    /// <param name="verdict">What is said now.</param>
    /// <param name="orderOf">The place of a key in the plan, or null.</param>
    /// <returns>All it says now and whether somebody else had changed it; or why nothing was written.</returns>
    public (Review? Review, bool IsMerged, Diagnostic? Problem) Put(Verdict verdict, Func<string, int?> orderOf)
    {
        lock (gate)
        {
            try
            {
                using (FolderTurn.Wait(Path.GetDirectoryName(path) ?? path))
                {
                    return PutAlone(verdict, orderOf);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return (null, false, ReviewProblems.NotWritten(shown, Disk.Describe(error)));
            }
        }
    }

    // What is read is what is written over: nobody else comes between.
    (Review? Review, bool IsMerged, Diagnostic? Problem) PutAlone(Verdict verdict, Func<string, int?> orderOf)
    {
        var problems = new DiagnosticBag();
        if (Load(problems) is not var (sheet, hash, hasMark))
        {
            return (null, false, problems.First());
        }

        var isMerged = !hash.AsSpan().SequenceEqual(known);
        sheet.Put(verdict);
        var bytes = sheet.Write(orderOf, hasMark);
        WholeFile.Replace(path, bytes);
        known = SHA256.HashData(bytes);
        return (sheet.Review, isMerged, null);
    }

    (ReviewSheet Sheet, byte[] Hash, bool HasMark)? Load(DiagnosticBag problems)
    {
        try
        {
            if (!Path.Exists(path))
            {
                return (ReviewSheet.Empty(), [], false);
            }

            if (!FolderCheck.IsPlainFile(path))
            {
                problems.Add(ReviewProblems.NotReadable(shown, "it is a link, or no file"));
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            if (bytes.Length == 0)
            {
                return (ReviewSheet.Empty(), SHA256.HashData(bytes), false);
            }

            return ReviewSheet.Read(new SourceFile(shown, path), problems) is { } sheet
                ? (sheet, SHA256.HashData(bytes), bytes.AsSpan().StartsWith("\uFEFF"u8))
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(ReviewProblems.NotReadable(shown, Disk.Describe(error)));
            return null;
        }
    }
}
