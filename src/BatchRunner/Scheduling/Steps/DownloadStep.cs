using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Runway;
using BatchRunner.Scheduling.Dispatching;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Scheduling.Steps;

/// <summary>Brings a job's outputs home. Asks the task for fresh URLs where there are none; never makes anything anew.</summary>
sealed class DownloadStep(
    IJobStore store, IRunway runway, IDownloads downloads, RunFolder folder, Superseding superseding, RunClock clock)
{
    const int GoneForGood = 3;
    const int FreshUrls = 3;

    public async Task<Fact> Take(Work work, CancellationToken cancel)
    {
        var urls = work.Pursuit.Outputs;
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
                        work, await store.Append(work.Key, new JobEvent.Saved(clock.Now, work.State.Fence, files), cancel));
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
                        work, work.State, $"`{Relative(occupied.FullPath)}` exists and is not {(work.State.LacksFiles ? "the file that was saved of this job" : "this job's")}; move it away", CanWait: false);
                default:
                    throw new InvalidOperationException($"no such answer: {trouble}");
            }
        }
    }

    async Task<(IReadOnlyList<Uri> Urls, Fact? Instead)> Ask(Work work, CancellationToken cancel)
    {
        if (work.State.Task is not { } task)
        {
            return ([], new Fact.Moved(work, store.Get(work.Key)));
        }

        switch (await runway.Get(task, cancel))
        {
            case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded, Outputs.Count: > 0 } found }:
                return (found.Outputs, null);
            case TaskAnswer.Found { Task: { Status: TaskStatus.Succeeded } } when work.Pursuit.SenselessCount + 1 < GoneForGood:
                return ([], Senseless(work, "its task has succeeded and names no output"));
            case TaskAnswer.Found { Task.Status: TaskStatus.Succeeded or TaskStatus.Failed or TaskStatus.Cancelled }:
                return ([], await Lose(work, "the task no longer has outputs", cancel));
            case TaskAnswer.Found found:
                // It went backwards: what has succeeded once is believed, and asked again.
                return ([], Senseless(work, $"its task has succeeded and is `{found.Task.StatusWord}` again"));
            case TaskAnswer.Gone when work.Pursuit.GoneCount + 1 >= GoneForGood:
                return ([], await Lose(work, "task not found", cancel));
            case TaskAnswer.Gone:
                return ([], new Fact.Gone(work, work.State));
            case TaskAnswer.KeyRefused refused:
                return ([], new Fact.KeyRefused(work, work.State, refused.Message));
            case TaskAnswer.Trouble trouble:
                return ([], new Fact.Trouble(work, work.State, trouble.Reason, trouble.RetryAfter) { IsSenseless = trouble.IsSenseless });
            case var other:
                throw new InvalidOperationException($"no such answer: {other}");
        }
    }

    static Fact.Trouble Senseless(Work work, string reason) => new(work, work.State, reason, null) { IsSenseless = true };

    async Task<Fact> Lose(Work work, string message, CancellationToken cancel) =>
        Outcome.Of(work, await store.Append(work.Key, TaskEvents.Lost(work.State, clock.Now, message), cancel));

    async Task<(List<JobFile> Files, DownloadAnswer? Trouble)> FetchAll(Work work, IReadOnlyList<Uri> urls, CancellationToken cancel)
    {
        var files = new List<JobFile>(urls.Count);
        for (var i = 0; i < urls.Count; i++)
        {
            var relative = OutputPaths.Of(work.Spec.Output, i, work.Spec.Extension);
            var answer = await Fetch(urls[i], relative, cancel);
            if (answer is not DownloadAnswer.Saved saved)
            {
                return (files, answer);
            }

            files.Add(new JobFile(Relative(saved.FullPath), saved.Bytes, saved.Sha256));
        }

        return (files, null);
    }

    async Task<DownloadAnswer> Fetch(Uri url, string relative, CancellationToken cancel)
    {
        try
        {
            if (OutputFolder.Prepare(folder, relative) is { } refused)
            {
                return new DownloadAnswer.DiskTrouble(refused);
            }

            return await superseding.Free(relative, cancel) is { } trouble
                ? new DownloadAnswer.DiskTrouble(trouble)
                : await downloads.Fetch(url, folder.PathOf(relative), cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new DownloadAnswer.DiskTrouble($"`{relative}` can't be written: {Disk.Describe(error)}");
        }
    }

    string Relative(string path) => Path.GetRelativePath(folder.Root, path).Replace('\\', '/');
}
