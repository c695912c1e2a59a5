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

/// <summary>`cancel`: deletes running tasks on purpose. What has finished is left for a run to download.</summary>
static class CancelCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var options = new CancelOptions();
        var command = new Verb("cancel", "deletes running tasks at Runway; what they cost by then is paid all the same")
        {
            Examples =
            [
                ("cancel batch.yaml", "every running task; asks first"),
                ("cancel batch.yaml calm-m01 calm-m02 --yes", "these two, without a question"),
                ("cancel batch.yaml --id 'bold-*'", "all of one arm"),
            ],
        };
        options.AddTo(command);
        command.Does(manner, outside, options.Of, (request, _, voice) => Cancel(request, voice, outside));
        return command;
    }

    static async Task<int> Cancel(CancelRequest request, Voice voice, Surroundings outside)
    {
        var (run, exit) = await SettledRun.Open(request.Batch, request.Reach, voice, outside);
        if (run is null)
        {
            return exit;
        }

        await using (run)
        {
            var (jobs, refusal) = Choose(request, run.Store.Contents);
            if (refusal is not null)
            {
                return voice.Refuse(refusal, ExitCode.NothingSelected);
            }

            List<JournaledJob> running = [.. jobs.Where(job => job.State.Phase == JobPhase.Submitted)];
            if (running.Count > 0 && await Refusal(request, running, voice) is { } refused)
            {
                return refused;
            }

            return run.Project(await Cancel(run, request.Jobs.Count > 0 ? jobs : running, voice, outside));
        }
    }

    static (IReadOnlyList<JournaledJob> Jobs, Diagnostic? Refusal) Choose(CancelRequest request, JournalContents journal)
    {
        var named = request.Jobs.Count == 0 ? [.. journal.Jobs.Where(job => job.Shares is null)] : new List<JournaledJob>();
        foreach (var word in request.Jobs)
        {
            var found = JobSearch.Find(journal, word);
            if (found.Count == 0)
            {
                return ([], SettlingProblems.NoSuchJob(word, journal.Jobs.Count, JobSearch.Hint(journal, word)));
            }

            named.AddRange(found);
        }

        var problems = new DiagnosticBag();
        if (request.Selection.Among([.. named.DistinctBy(job => job.Number)], job => (job.Spec, job.State), problems)
            is not { } chosen)
        {
            return ([], problems.InOrder()[0]);
        }

        List<JournaledJob> jobs = [.. chosen];
        return jobs switch
        {
            [] when !request.Selection.IsAll => ([], UsageProblems.NothingSelected(request.Selection.ToString(), named.Count)),
            _ when jobs.Exists(job => job.State.Phase == JobPhase.Submitted) => (jobs, null),
            [var only] => ([], SettlingProblems.NothingRuns($"`{only.Spec.Id}` is {StateWords.Of(only.State)}", NextOf(only))),
            _ => ([], SettlingProblems.NothingRuns($"none of the {Figures.Count(jobs.Count, "job")} has a running task", null)),
        };
    }

    static string? NextOf(JournaledJob job) => job.State.Phase switch
    {
        JobPhase.Unknown => "`batchrunner resolve` settles it: nobody knows its task",
        JobPhase.Succeeded => "run again: it is downloaded, and nothing more is paid",
        _ => null,
    };

    // Null if it may go on, else the exit code.
    static async Task<int?> Refusal(CancelRequest request, List<JournaledJob> running, Voice voice)
    {
        var most = Figures.Price(running.Sum(job => job.State.Current?.Reserved ?? 0));
        var tasks = Figures.Count(running.Count, "running task");
        return await Consent.Refusal(
            request.IsConfirmed,
            $"delete {tasks}? what was spent on them, {most} at most, is not given back by that",
            SettlingProblems.CancelNotConfirmed(tasks),
            "nothing was deleted",
            voice);
    }

    static async Task<int> Cancel(SettledRun run, IReadOnlyList<JournaledJob> jobs, Voice voice, Surroundings outside)
    {
        var canceller = new Canceller(run.Store, run.Runway, run.Time);
        var view = new CancelledView(voice);
        var exit = ExitCode.Done;
        for (var i = 0; i < jobs.Count; i++)
        {
            if (outside.Interrupts.Drain.IsCancellationRequested)
            {
                voice.Say($"stopped: {Figures.Count(jobs.Count - i, "job")} not looked at");
                return outside.Interrupts.ExitCode ?? ExitCode.Interrupted;
            }

            var cancellation = await canceller.Cancel(jobs[i].Spec, outside.Interrupts.Abort);
            switch (cancellation)
            {
                case Cancellation.KeyRefused refused:
                    return voice.Refuse(SettlingProblems.KeyRefused(refused.Message), ExitCode.Account);
                case Cancellation.DiskFailed failed:
                    return voice.Refuse(SettlingProblems.NotSaved(run.Place.Shown, failed.Reason), ExitCode.Folder);
                default:
                    view.Write(jobs[i], cancellation);
                    exit = Worse(exit, CodeOf(cancellation));
                    break;
            }
        }

        if (exit == ExitCode.Unfinished)
        {
            voice.Say($"  run      `{run.RunCommandLine}`");
        }

        return exit;
    }

    static int CodeOf(Cancellation cancellation) => cancellation switch
    {
        Cancellation.Ended { State.Phase: JobPhase.Failed } => ExitCode.SomeFailed,
        Cancellation.Ended or Cancellation.Unconfirmed => ExitCode.Unfinished,
        _ => ExitCode.Done,
    };

    static int Worse(int a, int b) => a == ExitCode.Unfinished || b == ExitCode.Unfinished ? ExitCode.Unfinished : Math.Max(a, b);
}
