using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Brings a job's outputs home. Asks the task for fresh URLs where there are none; never makes anything anew.</summary>
sealed class DownloadStep(IJobStore store, IRunway runway, IDownloads downloads, RunFolder folder, RunClock clock)
{
    const int GoneForGood = 3;
    const int FreshUrls = 3;

    public async Task<Fact> Take(Work work, CancellationToken cancel)
    {
        var urls = work.Outputs;
        for (var asked = 0; ; asked++)
        {
            if (urls.Count == 0)
            {
                var (fresh, instead) = await Ask(work, cancel);
                if (instead is not null)
                {
                    return instead;
                }

                urls = fresh;
            }

            var (files, trouble) = await FetchAll(work, urls, cancel);
            switch (trouble)
            {
                case null:
                    return Outcome.Of(
                        work, await store.Append(work.Spec.Key, new JobEvent.Saved(clock.Now, work.State.Fence, files), cancel));
                case DownloadAnswer.Expired when asked < FreshUrls:
                    urls = [];
                    break;
                case DownloadAnswer.Expired expired:
                    return new Fact.DownloadTrouble(work, work.State, expired.Reason, CanWait: true);
                case DownloadAnswer.Trouble other:
                    return new Fact.DownloadTrouble(work, work.State, other.Reason, CanWait: true);
                case DownloadAnswer.DiskTrouble disk:
                    return new Fact.DiskFailed(work, work.State, disk.Reason);
                case DownloadAnswer.Occupied occupied:
                    return new Fact.DownloadTrouble(
                        work, work.State, $"`{Relative(occupied.FullPath)}` exists and is not this job's; move it away", CanWait: false);
                default:
                    throw new InvalidOperationException($"no such answer: {trouble}");
            }
        }
    }

    async Task<(IReadOnlyList<Uri> Urls, Fact? Instead)> Ask(Work work, CancellationToken cancel)
    {
        if (work.State.Task is not { } task)
        {
            return ([], new Fact.Moved(work, store.Get(work.Spec.Key)));
        }

        switch (await runway.Get(task, cancel))
        {
            case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded, Outputs.Count: > 0 } found }:
                return (found.Outputs, null);
            case TaskAnswer.Found { Task.Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled }:
                return ([], await Lose(work, "the task no longer has outputs", cancel));
            case TaskAnswer.Found found:
                // It went backwards: what has succeeded once is believed, and asked again.
                return ([], new Fact.Trouble(work, work.State, $"the task is `{found.Task.StatusWord}` again", null));
            case TaskAnswer.Gone when work.GoneCount + 1 >= GoneForGood:
                return ([], await Lose(work, "task not found", cancel));
            case TaskAnswer.Gone:
                return ([], new Fact.Gone(work, work.State));
            case TaskAnswer.KeyRefused refused:
                return ([], new Fact.KeyRefused(work, work.State, refused.Message));
            case TaskAnswer.Trouble trouble:
                return ([], new Fact.Trouble(work, work.State, trouble.Reason, trouble.RetryAfter));
            case var other:
                throw new InvalidOperationException($"no such answer: {other}");
        }
    }

    async Task<Fact> Lose(Work work, string message, CancellationToken cancel) =>
        Outcome.Of(work, await store.Append(work.Spec.Key, TaskEvents.Lost(work.State, clock.Now, message), cancel));

    async Task<(List<JobFile> Files, DownloadAnswer? Trouble)> FetchAll(Work work, IReadOnlyList<Uri> urls, CancellationToken cancel)
    {
        var files = new List<JobFile>(urls.Count);
        for (var i = 0; i < urls.Count; i++)
        {
            var relative = OutputPaths.Of(work.Spec.Output, i, work.Spec.Extension);
            var answer = await Fetch(work, urls[i], relative, i, cancel);
            if (answer is not DownloadAnswer.Saved saved)
            {
                return (files, answer);
            }

            files.Add(new JobFile(Relative(saved.FullPath), saved.Bytes, saved.Sha256));
        }

        return (files, null);
    }

    async Task<DownloadAnswer> Fetch(Work work, Uri url, string relative, int index, CancellationToken cancel)
    {
        var path = folder.PathOf(relative);
        try
        {
            if (OutputFolder.Prepare(folder, relative) is { } refused)
            {
                return new DownloadAnswer.DiskTrouble(refused);
            }

            var answer = await downloads.Fetch(url, path, cancel);
            return answer is DownloadAnswer.Occupied ? await Compare(work, url, path, index, cancel) : answer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DownloadAnswer.DiskTrouble(error.Message);
        }
    }

    // A kill between the rename and the record leaves a whole file that the journal does not know. It is this job's if
    // the same bytes come again.
    async Task<DownloadAnswer> Compare(Work work, Uri url, string path, int index, CancellationToken cancel)
    {
        var aside = Path.Combine(folder.Hidden, OutputPaths.Of("again-" + work.Spec.Key.Hex, index, work.Spec.Extension));
        File.Delete(aside);
        var answer = await downloads.Fetch(url, aside, cancel);
        if (answer is not DownloadAnswer.Saved again)
        {
            return answer;
        }

        var isSame = new FileInfo(path).Length == again.Bytes && await Hash(path, cancel) == again.Sha256;
        File.Delete(aside);
        return isSame ? again with { FullPath = path } : new DownloadAnswer.Occupied(path);
    }

    static async Task<string> Hash(string path, CancellationToken cancel)
    {
        await using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(await System.Security.Cryptography.SHA256.HashDataAsync(file, cancel));
    }

    string Relative(string path) => Path.GetRelativePath(folder.Root, path).Replace('\\', '/');
}
