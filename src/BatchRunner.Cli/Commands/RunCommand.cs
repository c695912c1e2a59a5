using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Runs.Gates;
using BatchRunner.Cli.Runs.Sessions;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Commands;

/// <summary>`run`: does whatever is missing. May be repeated for ever; pays for each job once.</summary>
static class RunCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var options = new RunOptionSet();
        var command = new Verb("run", "does whatever is missing, and can be repeated for ever: no job is paid twice")
        {
            Examples =
            [
                ("run batch.yaml --simulate", "try it: no key, no money, real files"),
                ("run batch.yaml", "shows the price, asks, then pays"),
                ("run batch.yaml --yes --new", "in CI, the first time; `--yes` alone from then on"),
                ("run batch.yaml --canary 1", "one clip of each template first; look at them, then say yes or no to the rest"),
                ("run batch.yaml --only failed", "submit the failed jobs again"),
                ("run out/spring", "collects what this folder has under way, and submits nothing"),
                ("run plan.json", "a plan kept by `plan --save`: its jobs at its prices, without asking"),
            ],
        };
        options.AddTo(command);
        command.Does(manner, outside, options.Of, (request, _, voice) => Run(request, voice, outside, outside.Interrupts.Drain));
        return command;
    }

    static async Task<int> Run(RunRequest request, Voice voice, Surroundings outside, CancellationToken cancel)
    {
        if (RunPlaces.Folder(request.Batch) is not null)
        {
            return await Collect(request with { IsCollectOnly = true }, voice, outside);
        }

        // Told before a key is asked for: a folder without a journal is neither a run nor a manifest.
        var problems = new DiagnosticBag();
        if ((Directory.Exists(request.Batch.Path) && BatchFiles.Read(request.Batch, problems) is null)
            || SavedPlans.Meant(request.Batch, problems) is not { } meant)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        request = request with { Batch = request.IsNew ? meant : SavedPlans.Remembered(meant, outside) };
        var account = request.Batch.IsSimulated ? null : Account.From(outside, request.BaseUrl, problems);
        var check = PromptCheck.From(outside, request.ModerationUrl, problems);
        if (problems.HasErrors)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        if (Disagreement(request, account) is { } disagreement)
        {
            return voice.Refuse(disagreement);
        }

        if (SavedPlans.ChangedInputs(request.Batch) is { Count: > 0 } changed)
        {
            voice.Write(changed);
            return ExitCode.Stale;
        }

        var (beside, refusal) = BatchBeside.Open(request.Batch, voice, cancel, outside: outside);
        using (check)
        {
            return beside is null ? refusal : await new RunSession(request, beside, account, check, voice, outside).Go();
        }
    }

    // A run of the folder itself: what its journal has under way is collected, and nothing is submitted.
    static async Task<int> Collect(RunRequest request, Voice voice, Surroundings outside)
    {
        var (run, refusal) = RunPlaces.Open(request.Batch, voice);
        if (run is null)
        {
            return refusal;
        }

        request = request with { Batch = request.Batch with { IsSimulated = run.Header.IsSimulated || request.Batch.IsSimulated } };
        var problems = new DiagnosticBag();
        var account = request.Batch.IsSimulated ? null : Account.From(outside, request.BaseUrl, problems);
        if (problems.HasErrors)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        return await new FolderSession(request, run, account, voice, outside).Go();
    }

    static Diagnostic? Disagreement(RunRequest request, Account? account)
    {
        var server = SavedPlans.Against(account);
        return request.Batch.Saved is not var (file, plan) ? null
            : account is null && request.BaseUrl is not null ? UsageProblems.SimulateAndBaseUrl()
            : plan.Against != server ? UsageProblems.OtherServer(file.Path, plan.Against, server)
            : null;
    }
}
