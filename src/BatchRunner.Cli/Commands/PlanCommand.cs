using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Commands;

/// <summary>`plan`: what a run would do, why, and what it would cost. Needs no key, opens no connection, writes nothing.</summary>
static class PlanCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchOptionSet("a manifest");
        var selection = new SelectionOptions();
        var csv = Options.Switch("--csv", "as CSV");
        var markdown = Options.Switch("--markdown", "as Markdown, for a pull request");
        var detailed = Options.Switch("--detailed-exitcode", "exit 10 if there is something to do, 0 if not");
        var command = new Verb("plan", "shows what `run` would do with every job, why, and what it costs; sends nothing")
        {
            Examples =
            [
                ("plan batch.yaml", "a table, and the total in credits and dollars"),
                ("plan batch.yaml --markdown", "for a pull request"),
                ("plan batch.yaml --only failed", "what running the failed jobs again would cost"),
            ],
        };
        batch.AddTo(command);
        selection.AddTo(command);
        command.Options.Add(csv);
        command.Options.Add(markdown);
        command.Options.Add(detailed);
        command.SetAction((parsed, cancel) =>
        {
            var voice = manner.Of(parsed, outside);
            var problems = new DiagnosticBag();
            if (selection.Of(parsed, problems) is not { } chosen)
            {
                voice.Write(problems);
                return Task.FromResult(ExitCode.Usage);
            }

            var form = voice.IsJson ? PlanForm.Json
                : parsed.GetValue(csv) ? PlanForm.Csv
                : parsed.GetValue(markdown) ? PlanForm.Markdown
                : PlanForm.Table;
            return Task.FromResult(Plan(
                batch.Of(parsed), chosen, form, parsed.GetValue(detailed), voice, outside, cancel));
        });
        return command;
    }

    static int Plan(
        BatchRequest request, Selection selection, PlanForm form, bool isDetailed, Voice voice, Surroundings outside,
        CancellationToken cancel)
    {
        var problems = new DiagnosticBag();
        var batch = BatchFiles.Expand(request, problems, cancel);
        voice.Write(problems);
        if (batch is null)
        {
            voice.Say(Mistakes.Count(problems));
            return ExitCode.Usage;
        }

        var place = BatchFiles.PlaceOf(request, batch.Manifest.Name);
        var read = Journal.Read(place.Folder);
        if (read is ReadAnswer.Refused refused)
        {
            return voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble));
        }

        var journal = ((ReadAnswer.Found)read).Contents;
        if (selection.Of(Planner.Plan(batch, journal)) is not { } plan)
        {
            return voice.Refuse(
                UsageProblems.NothingSelected(selection.ToString(), batch.Jobs.Count), ExitCode.NothingSelected);
        }

        Show(plan, form, voice, outside);
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
