using System.ComponentModel;
using System.Diagnostics;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Results.Report;

namespace BatchRunner.Cli.Runs;

/// <summary>
/// Pictures of clips for the report, made with ffmpeg where it is installed; where it is not, a page shows a clip's own
/// first frame. A clip that ffmpeg does not like goes without.
/// </summary>
static class Posters
{
    static readonly HashSet<string> Seen = new(StringComparer.OrdinalIgnoreCase) { ".mp4", ".mov", ".webm", ".png", ".jpg", ".jpeg", ".webp" };
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Makes those that are missing, two at a time.</summary>
    public static async Task Make(MadeRun run, Surroundings outside, Voice voice)
    {
        var folder = run.Place.Folder;
        var missing = run.Journal.Jobs.SelectMany(job => job.State.Files.Take(1))
            .Where(file => Seen.Contains(Path.GetExtension(file.Path)))
            .DistinctBy(file => file.Sha256)
            .Where(file => !File.Exists(folder.PathOf(ReportFile.PosterName(file))) && FolderCheck.IsPlainFile(folder.PathOf(file.Path)))
            .ToList();
        if (missing.Count == 0 || Programs.Find("ffmpeg", outside) is not { } ffmpeg)
        {
            return;
        }

        try
        {
            // A link planted under this name would lead the pictures out of the folder.
            if (Directory.CreateDirectory(folder.PathOf(RunFolder.Posters)).LinkTarget is not null)
            {
                return;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that can't be written can be looked at all the same.
            return;
        }

        voice.Say($"making {Text.Figures.Count(missing.Count, "poster")}");
        var options = new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = outside.Interrupts.Drain };
        await Parallel.ForEachAsync(missing, options, async (file, each) => await Make(ffmpeg, folder, file, outside.Time, each));
    }

    static async Task Make(string ffmpeg, RunFolder folder, JobFile file, TimeProvider time, CancellationToken cancel)
    {
        var poster = folder.PathOf(ReportFile.PosterName(file));
        var part = poster + ".part";
        try
        {
            try
            {
                if (await Draw(ffmpeg, folder.PathOf(file.Path), part, time, cancel))
                {
                    Disk.Rename(part, poster);
                }
            }
            finally
            {
                File.Delete(part);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or Win32Exception)
        {
            // A program that can't be started, or a disk without room for a picture: this clip goes without.
        }
    }

    // Whether there is a picture now.
    static async Task<bool> Draw(string ffmpeg, string clip, string part, TimeProvider time, CancellationToken cancel)
    {
        // Nothing but this file is opened, whatever is written in it.
        var start = new ProcessStartInfo(ffmpeg)
        {
            ArgumentList =
            {
                "-nostdin", "-v", "quiet", "-protocol_whitelist", "file", "-i", "file:" + clip,
                "-frames:v", "1", "-vf", "scale=w='min(640,iw)':h='min(640,ih)':force_original_aspect_ratio=decrease",
                "-q:v", "4", "-f", "mjpeg", "-y", "file:" + part,
            },
        };
        Programs.TakeKeysFrom(start);
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        using var process = Process.Start(start);
        if (process is null)
        {
            return false;
        }

        try
        {
            await process.WaitForExitAsync(either.Token);
            return process.ExitCode == 0 && new FileInfo(part) is { Exists: true, Length: > 0 };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // It takes too long: this clip goes without.
            return false;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
