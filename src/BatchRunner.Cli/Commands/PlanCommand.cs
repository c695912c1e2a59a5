using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Runway;
using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Commands;

/// <summary>`plan`: what a run would do, why, and what it would cost. Without `--account` it needs no key and opens no connection.</summary>
static class PlanCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a plan kept by `plan --save`, or a run's folder (then what it has under way)");
        var selection = new SelectionOptions(withRetake: true);
        var csv = Options.Switch("--csv", "as CSV");
        var markdown = Options.Switch("--markdown", "as Markdown, for a pull request");
        var save = Options.Text("--save", "FILE", "keep it as FILE, which ends in .json: `run FILE` submits these jobs and no others, without asking");
        var baseUrl = Options.Text("--base-url", "URL", "with --save or --account: the server it is meant for (also RUNWAYML_BASE_URL)");
        var account = Options.Switch("--account", "ask the account for balance, daily quota and slots: needs the key, and is the only connection a plan opens");
        var detailed = Options.Switch("--detailed-exitcode", "exit 10 if there is something to do, 0 if not");
        var command = new Verb("plan", "shows what `run` would do with every job, why, and what it costs; sends nothing")
        {
            Examples =
            [
                ("plan batch.yaml", "a table, and the total in credits and dollars"),
                ("plan batch.yaml --markdown", "for a pull request"),
                ("plan batch.yaml --only failed", "what running the failed jobs again would cost"),
                ("plan batch.yaml --account", "whether the balance and the daily quota will do, and how long it takes on these slots"),
                ("plan batch.yaml --save plan.json", "agree to exactly these jobs and prices; `run plan.json` asks no more"),
            ],
        };
        batch.AddTo(command);
        selection.AddTo(command);
        command.Options.Add(csv);
        command.Options.Add(markdown);
        command.Options.Add(detailed);
        command.Options.Add(account);
        command.Options.Add(save);
        command.Options.Add(baseUrl);
        command.SetAction((parsed, cancel) =>
        {
            var voice = manner.Of(parsed, outside);
            var problems = new DiagnosticBag();
            var chosen = selection.Of(parsed, problems);
            var request = chosen is null ? null : Meant(
                new PlanRequest
                {
                    Batch = batch.Of(parsed),
                    Selection = chosen,
                    Form = voice.IsJson ? PlanForm.Json
                        : parsed.GetValue(csv) ? PlanForm.Csv
                        : parsed.GetValue(markdown) ? PlanForm.Markdown
                        : PlanForm.Table,
                    IsDetailed = parsed.GetValue(detailed),
                    SaveAs = parsed.GetValue(save),
                    BaseUrl = parsed.GetValue(baseUrl),
                    WantsAccount = parsed.GetValue(account),
                },
                outside,
                problems);
            if (request is null || problems.HasErrors)
            {
                voice.Write(problems);
                return Task.FromResult(ExitCode.Usage);
            }

            return Plan(request, voice, outside, cancel);
        });
        return command;
    }

    // With the manifest and folder of a saved plan in its place, and with the server a plan is saved for.
    static PlanRequest? Meant(PlanRequest request, Surroundings outside, DiagnosticBag problems)
    {
        if (SavedPlans.Meant(request.Batch, problems) is not { } named)
        {
            return null;
        }

        var meant = SavedPlans.Remembered(named, outside);
        if (request.BaseUrl is not null && meant.IsSimulated)
        {
            problems.Add(UsageProblems.SimulateAndBaseUrl());
        }
        else if (request.BaseUrl is not null && request is { SaveAs: null, WantsAccount: false })
        {
            problems.Add(UsageProblems.BaseUrlWithoutSave());
        }

        if (request.WantsAccount && meant.IsSimulated)
        {
            problems.Add(UsageProblems.AccountOfSimulator());
        }

        if (request.SaveAs is { } path)
        {
            if (RunPlaces.Folder(meant) is { } folder)
            {
                problems.Add(UsageProblems.FolderNotSaved(folder.Shown));
            }

            if (request.Selection.IsRetake)
            {
                problems.Add(UsageProblems.RetakeAndSavedPlan());
            }

            SavedPlans.MaySave(path, problems);
        }

        return request with
        {
            Batch = meant,
            Against = request.SaveAs is null ? null : SavedPlans.Against(meant, request.BaseUrl, outside, problems),
        };
    }

    static async Task<int> Plan(PlanRequest request, Voice voice, Surroundings outside, CancellationToken cancel)
    {
        var (plan, place, exit) = RunPlaces.Folder(request.Batch) is not null
            ? OfFolder(request, voice, outside)
            : OfManifest(request, voice, outside, cancel);
        if (plan is null || place is null)
        {
            return exit;
        }

        Organization? account = null;
        if (request.WantsAccount)
        {
            (account, exit) = await AccountQuestion.Ask(request.BaseUrl, voice, outside, cancel);
            if (account is null)
            {
                return exit;
            }
        }

        var isSimulated = plan.Journal.Header?.IsSimulated ?? request.Batch.IsSimulated;
        var facts = new PlanFacts(
            plan,
            PlanForecast.Of(plan, model => SlotsOf(plan, account, model)),
            EarlierRun.Find(plan, place.Folder, isSimulated),
            account,
            isSimulated);
        Show(facts, request.Form, voice, outside);
        voice.Summarize(PlanMarkdown.Lines(facts));
        if (request is { SaveAs: { } path, Against: { } against } && SavedPlans.Save(plan, path, against, place, voice) is { } failed)
        {
            return failed;
        }

        return request.IsDetailed && plan.HasWork ? ExitCode.Work : ExitCode.Done;
    }

    static int SlotsOf(Plan plan, Organization? account, string model)
    {
        var asked = plan.Batch.Manifest.Limits.Concurrency;
        return account is null ? asked ?? 1
            : account.Models.TryGetValue(model, out var allowance) ? Slots.Of(allowance, asked)
            : 1;
    }

    static (Plan? Plan, RunPlace? Place, int Exit) OfFolder(PlanRequest request, Voice voice, Surroundings outside)
    {
        var (run, exit) = RunPlaces.Open(request.Batch, voice, outside);
        if (run is null)
        {
            return (null, null, exit);
        }

        var (plan, refusal) = Choice.Of(run, request.Selection, voice);
        return (plan, run.Place, refusal);
    }

    static (Plan? Plan, RunPlace? Place, int Exit) OfManifest(
        PlanRequest request, Voice voice, Surroundings outside, CancellationToken cancel)
    {
        if (SavedPlans.ChangedInputs(request.Batch) is { Count: > 0 } changed)
        {
            voice.Write(changed);
            return (null, null, ExitCode.Stale);
        }

        var (beside, exit) = BatchBeside.Open(request.Batch, voice, cancel, outside: outside);
        if (beside is null)
        {
            return (null, null, exit);
        }

        RunPlaces.Warn(beside.Behind, voice);
        var (plan, refusal) = Choice.Of(request.Batch, request.Selection, beside, voice);
        return (plan, beside.Place, refusal);
    }

    static void Show(PlanFacts facts, PlanForm form, Voice voice, Surroundings outside)
    {
        switch (form)
        {
            case PlanForm.Csv:
                using (var safe = new SafeWriter(outside.Output))
                {
                    PlanCsv.Write(facts.Plan, safe);
                }

                break;
            case PlanForm.Json or PlanForm.Markdown:
                voice.Answer(form == PlanForm.Json ? PlanJson.Lines(facts) : PlanMarkdown.Lines(facts));
                break;
            default:
                new PlanView(voice).Write(facts);
                break;
        }
    }

    /// <summary>What was asked for.</summary>
    sealed record PlanRequest
    {
        public required BatchRequest Batch { get; init; }

        public required Selection Selection { get; init; }

        public required PlanForm Form { get; init; }

        /// <summary>The exit code says whether there is work.</summary>
        public bool IsDetailed { get; init; }

        /// <summary>Where it is kept, or null.</summary>
        public string? SaveAs { get; init; }

        /// <summary>Whom it is kept for, if it is.</summary>
        public string? Against { get; init; }

        /// <summary>Another server than Runway, or null.</summary>
        public string? BaseUrl { get; init; }

        /// <summary>The account is to be asked.</summary>
        public bool WantsAccount { get; init; }
    }

    /// <summary>How a plan is shown.</summary>
    enum PlanForm
    {
        Table,
        Json,
        Csv,
        Markdown,
    }
}
