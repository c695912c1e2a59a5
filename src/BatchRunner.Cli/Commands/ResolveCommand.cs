using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Scheduling.Settling;

namespace BatchRunner.Cli.Commands;

/// <summary>`resolve`: a person says what became of a create whose answer was lost. Sends no create itself.</summary>
static class ResolveCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var options = new ResolveOptions();
        var command = new Verb("resolve", "settles an unknown job: its create may have been charged, and only you can find out")
        {
            Examples =
            [
                ("status batch.yaml --only unknown", "which jobs, and what each may have cost"),
                ("resolve batch.yaml calm-m01 --task ID", "you found its task in Runway's usage page"),
                ("resolve batch.yaml calm-m01 --not-charged", "the usage page shows no charge for it"),
                ("resolve batch.yaml calm-m01 --resubmit", "submit it again, though it may be paid twice; later `--task` or `--not-charged` frees what stays reserved"),
                ("resolve batch.yaml 'calm-*' --not-charged --yes", "several at once"),
            ],
        };
        options.AddTo(command);
        command.Does(manner, outside, options.Of, (request, _, voice) => Resolve(request, voice, outside));
        return command;
    }

    static async Task<int> Resolve(ResolveRequest request, Voice voice, Surroundings outside)
    {
        var (run, exit) = await SettledRun.Open(
            request.Batch, request.Verdict == Verdict.Task ? request.Reach : null, voice, outside);
        if (run is null)
        {
            return exit;
        }

        await using (run)
        {
            // Jobs whose create was on the way when a run was killed became unknown by opening the folder.
            var (jobs, refusal) = Choose(request, run.Store.Contents);
            return refusal is not null ? voice.Refuse(refusal.Value.Problem, refusal.Value.Exit)
                : run.Project(await Settle(request, run, jobs, voice, outside));
        }
    }

    static (IReadOnlyList<JournaledJob> Jobs, (Diagnostic Problem, int Exit)? Refusal) Choose(ResolveRequest request, JournalContents journal)
    {
        var found = JobSearch.Find(journal, request.Job);
        List<JournaledJob> unknown =
        [
            .. found.Where(job => request.Verdict == Verdict.Resubmit ? job.State.Phase == JobPhase.Unknown : job.State.Lost.Any()),
        ];
        return (found, unknown) switch
        {
            ([], _) => ([], (SettlingProblems.NoSuchJob(request.Job, journal.Jobs.Count, JobSearch.Hint(journal, request.Job)), ExitCode.NothingSelected)),
            (_, []) when request.IsPattern => ([], (SettlingProblems.NoneUnknown(request.Job, found.Count), ExitCode.NothingSelected)),
            ([var first, ..], []) => ([], (SettlingProblems.NotUnknown(first.Spec.Id, StateWords.Of(first.State)), ExitCode.Usage)),
            (_, [_]) => (unknown, null),
            _ when request.IsPattern => (unknown, null),
            _ => ([], (SettlingProblems.SeveralJobs(request.Job, [.. unknown.Select(job => job.Spec.Key.Short)]), ExitCode.Usage)),
        };
    }

    static async Task<int> Settle(
        ResolveRequest request, SettledRun run, IReadOnlyList<JournaledJob> jobs, Voice voice, Surroundings outside)
    {
        var view = new ResolvedView(voice);
        foreach (var job in jobs)
        {
            view.Show(job);
        }

        if (await Refusal(request, jobs, voice) is { } refused)
        {
            return refused;
        }

        foreach (var job in jobs)
        {
            var resolution = await Settle(request, run, job, request.IsConfirmed, outside);
            if (resolution is Resolution.Doubtful doubtful && voice.CanAsk && !request.IsConfirmed
                && await voice.Ask($"task `{doubtful.Task.Id}` does not look like `{job.Spec.Id}`'s: {string.Join("; ", doubtful.Reasons)}. is it its task all the same?"))
            {
                resolution = await Settle(request, run, job, isSure: true, outside);
            }

            if (resolution is null)
            {
                voice.Say("nothing was changed");
                return outside.Interrupts.ExitCode ?? ExitCode.Interrupted;
            }

            if (resolution is not Resolution.Settled settled)
            {
                var (problem, exit) = Describe(request, run, job, resolution);
                return voice.Refuse(problem, exit);
            }

            view.Write(run.Store.Contents.Jobs[job.Number - 1], settled);
        }

        voice.Say($"  run      `{run.RunCommandLine}`");
        return ExitCode.Done;
    }

    // Null: interrupted while asking.
    static async Task<Resolution?> Settle(ResolveRequest request, SettledRun run, JournaledJob job, bool isSure, Surroundings outside)
    {
        var resolver = new Resolver(run.Store, run.Time);
        try
        {
            return request switch
            {
                { Verdict: Verdict.Task, Task: { } task } =>
                    await resolver.Adopt(job.Spec.Key, task, run.Runway, isSure, outside.Interrupts.Drain),
                { Verdict: Verdict.NotCharged } => await resolver.NotCharged(job.Spec.Key),
                _ => await resolver.Resubmit(job.Spec.Key),
            };
        }
        catch (OperationCanceledException) when (outside.Interrupts.Drain.IsCancellationRequested)
        {
            return null;
        }
    }

    // Null if it may go on, else the exit code.
    static async Task<int?> Refusal(ResolveRequest request, IReadOnlyList<JournaledJob> jobs, Voice voice)
    {
        if (request.IsConfirmed || (request.Verdict != Verdict.Resubmit && !request.IsPattern))
        {
            return null;
        }

        var price = Figures.Price(jobs.SelectMany(job => job.State.Lost)
            .Where(attempt => request.Verdict != Verdict.Resubmit || attempt.EndedAt is null).Sum(attempt => attempt.Reserved));
        var isResubmit = request.Verdict == Verdict.Resubmit;
        var many = Figures.Count(jobs.Count, "job");
        return await Consent.Refusal(
            request.IsConfirmed,
            isResubmit ? $"submit {many} again, though {price} may be paid twice?" : $"say of {many} that nothing was charged, and free {price}?",
            isResubmit ? SettlingProblems.MayPayTwice(price, jobs.Count == 1) : SettlingProblems.PatternNeedsYes(request.Job),
            "nothing was changed",
            voice);
    }

    static (Diagnostic Problem, int Exit) Describe(ResolveRequest request, SettledRun run, JournaledJob job, Resolution resolution)
    {
        var task = request.Task?.Value ?? "";
        return resolution switch
        {
            Resolution.Taken taken => (SettlingProblems.TaskTaken(task, taken.Owner.Id), ExitCode.Usage),
            Resolution.NoSuchTask => (SettlingProblems.NoSuchTask(task, run.Store.Contents.Header?.Against ?? ""), ExitCode.Usage),
            Resolution.Doubtful doubtful => (SettlingProblems.Doubtful(task, job.Spec.Id, doubtful.Reasons), ExitCode.Usage),
            Resolution.KeyRefused refused => (SettlingProblems.KeyRefused(refused.Message), ExitCode.Account),
            Resolution.Trouble trouble => (SettlingProblems.NotAsked(task, trouble.Reason), ExitCode.Unfinished),
            Resolution.NotUnknown other => (SettlingProblems.NotUnknown(job.Spec.Id, StateWords.Of(other.State)), ExitCode.Usage),
            Resolution.DiskFailed failed => (SettlingProblems.NotSaved(run.Place.Shown, failed.Reason), ExitCode.Folder),
            _ => throw new InvalidOperationException($"no such resolution: {resolution}"),
        };
    }
}
