using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Runs;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Runs.Sessions;

/// <summary>One `run` of a run's folder instead of a manifest: what its journal has under way is collected, nothing is submitted.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="run">The folder and its journal, as they were before the lock.</param>
/// <param name="account">Where its tasks are, or null: simulated.</param>
/// <param name="voice">Who talks.</param>
/// <param name="outside">The world.</param>
sealed class FolderSession(RunRequest request, MadeRun run, Account? account, Voice voice, Surroundings outside)
{
    /// <summary>All of it; the exit code.</summary>
    public async Task<int> Go()
    {
        var start = outside.Time.GetTimestamp();
        var (store, refusal) = await OpenRun.Lock(run.Place, run.Header.Name, account, voice, outside);
        if (store is null)
        {
            return refusal;
        }

        await using (store)
        {
            (var plan, refusal) = Choice.Of(run with { Journal = store.Contents }, request.Selection, voice);
            if (plan is null)
            {
                return refusal;
            }

            if (Consent.Beforehand(request, plan, run.Place, voice) is { } no)
            {
                return no;
            }

            var scale = account is null ? (double)request.TimeScale : 1;
            var stage = await new RunStage(request, run.Place, account, voice, outside).Do(plan, store, scale, start);
            return stage.End(
                new EndView(voice, run.Place, request, outside.Time.GetElapsedTime(start)),
                store.Contents, plan.Jobs.Select(job => job.Spec));
        }
    }
}
