using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Commands;

/// <summary>`plan`: what a run would do, why, and what it would cost. Needs no key, opens no connection, writes nothing.</summary>
static class PlanCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, or a plan kept by `plan --save`");
        var selection = new SelectionOptions(withRetake: true);
        var csv = Options.Switch("--csv", "as CSV");
        var markdown = Options.Switch("--markdown", "as Markdown, for a pull request");
        var save = Options.Text("--save", "FILE", "keep it as FILE, which ends in .json: `run FILE` submits these jobs and no others, without asking");
        var baseUrl = Options.Text("--base-url", "URL", "with --save: the server it is meant for (also RUNWAYML_BASE_URL)");
        var detailed = Options.Switch("--detailed-exitcode", "exit 10 if there is something to do, 0 if not");
        var command = new Verb("plan", "shows what `run` would do with every job, why, and what it costs; sends nothing")
        {
            Examples =
            [
                ("plan batch.yaml", "a table, and the total in credits and dollars"),
                ("plan batch.yaml --markdown", "for a pull request"),
                ("plan batch.yaml --only failed", "what running the failed jobs again would cost"),
                ("plan batch.yaml --save plan.json", "agree to exactly these jobs and prices; `run plan.json` asks no more"),
            ],
        };
        batch.AddTo(command);
        selection.AddTo(command);
        command.Options.Add(csv);
        command.Options.Add(markdown);
        command.Options.Add(detailed);
        command.Options.Add(save);
        command.Options.Add(baseUrl);
        command.SetAction((parsed, cancel) =>
        {
            var voice = manner.Of(parsed, outside);
            var problems = new DiagnosticBag();
            var chosen = selection.Of(parsed, problems);
            var request = SavedPlans.Meant(batch.Of(parsed), problems);
            if (parsed.GetValue(save) is not null && chosen?.IsRetake == true)
            {
                problems.Add(UsageProblems.RetakeAndSavedPlan());
            }

            var saving = request is null ? null : Saving(request, parsed.GetValue(save), parsed.GetValue(baseUrl), outside, problems);
            if (chosen is null || request is null || problems.HasErrors)
            {
                voice.Write(problems);
                return Task.FromResult(ExitCode.Usage);
            }

            var form = voice.IsJson ? PlanForm.Json
                : parsed.GetValue(csv) ? PlanForm.Csv
                : parsed.GetValue(markdown) ? PlanForm.Markdown
                : PlanForm.Table;
            return Task.FromResult(Plan(request, chosen, form, parsed.GetValue(detailed), saving, voice, outside, cancel));
        });
        return command;
    }

    static (string Path, string Against)? Saving(
        BatchRequest request, string? path, string? baseUrl, Surroundings outside, DiagnosticBag problems)
    {
        if (baseUrl is not null && (path is null || request.IsSimulated))
        {
            problems.Add(path is null ? UsageProblems.BaseUrlWithoutSave() : UsageProblems.SimulateAndBaseUrl());
        }

        return path is not null && SavedPlans.MaySave(path, problems)
            && SavedPlans.Against(request, baseUrl, outside, problems) is { } against
            ? (path, against)
            : null;
    }

    static int Plan(
        BatchRequest request, Selection selection, PlanForm form, bool isDetailed, (string Path, string Against)? saving,
        Voice voice, Surroundings outside, CancellationToken cancel)
    {
        if (SavedPlans.ChangedInputs(request) is { Count: > 0 } changed)
        {
            voice.Write(changed);
            return ExitCode.Stale;
        }

        var (beside, refusal) = BatchBeside.Open(request, voice, cancel);
        if (beside is null)
        {
            return refusal;
        }

        (var plan, refusal) = Choice.Of(request, selection, beside, voice);
        if (plan is null)
        {
            return refusal;
        }

        Show(plan, form, voice, outside);
        if (saving is var (path, against) && SavedPlans.Save(plan, path, against, beside.Place, voice) is { } failed)
        {
            return failed;
        }

        return isDetailed && plan.HasWork ? ExitCode.Work : ExitCode.Done;
    }

    static void Show(Plan plan, PlanForm form, Voice voice, Surroundings outside)
    {
        switch (form)
        {
            case PlanForm.Csv:
                PlanCsv.Write(plan, outside.Output);
                break;
            case PlanForm.Json or PlanForm.Markdown:
                foreach (var line in form == PlanForm.Json ? PlanJson.Lines(plan) : PlanMarkdown.Lines(plan))
                {
                    voice.Answer(line);
                }

                break;
            default:
                new PlanView(voice).Write(plan);
                break;
        }
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
