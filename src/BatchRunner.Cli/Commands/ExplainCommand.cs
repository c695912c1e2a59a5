using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Jobs;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Commands;

/// <summary>`explain`: everything about one job, and what a run would do with it. Reads only, opens no connection.</summary>
static class ExplainCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run (then what the journal alone knows)");
        var job = new Argument<string>("JOB") { Description = $"its name, or the first {JobSearch.LeastKey} digits of its key or more" };
        var command = new Verb("explain", "tells all about one job: every attempt, why it is as it is, what a run would do next")
        {
            Examples =
            [
                ("explain batch.yaml calm-m01", "with what changed in the manifest since it was paid for"),
                ("explain out/spring 87f04252 --json", "by its key, from the folder alone, for a program"),
            ],
        };
        batch.AddTo(command);
        command.Arguments.Add(job);
        command.SetAction((parsed, cancel) => Task.FromResult(
            Explain(batch.Of(parsed), parsed.GetRequiredValue(job), manner.Of(parsed, outside), cancel)));
        return command;
    }

    static int Explain(BatchRequest request, string word, Voice voice, CancellationToken cancel)
    {
        var events = new List<(int Job, JobEvent Event)>();
        if (!Directory.Exists(request.Path))
        {
            var problems = new DiagnosticBag();
            if (SavedPlans.Meant(request, problems) is not { } meant)
            {
                voice.Write(problems);
                return ExitCode.Usage;
            }

            var (beside, refusal) = BatchBeside.Open(meant, voice, cancel, (number, happened) => events.Add((number, happened)));
            return beside is null ? refusal : Explain(beside.Journal, Planner.Plan(beside.Batch, beside.Journal), events, word, voice);
        }

        return RunPlaces.Find(request, voice) is not { } place ? ExitCode.Usage
            : Journal.Read(place.Folder, (number, happened) => events.Add((number, happened))) switch
            {
                ReadAnswer.Refused refused => voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble)),
                ReadAnswer.Found found => Explain(found.Contents, null, events, word, voice),
                var other => throw new InvalidOperationException($"no such answer: {other}"),
            };
    }

    // Without a plan: what the journal alone knows.
    static int Explain(JournalContents journal, Plan? plan, List<(int Job, JobEvent Event)> events, string word, Voice voice)
    {
        var found = JobSearch.IsPattern(word) ? [] : Explanation.Find(word, journal, plan);
        switch (found)
        {
            case []:
                var names = (plan?.Jobs.Select(job => job.Spec.Id) ?? []).Concat(journal.Jobs.Select(job => job.Spec.Id)).Distinct().ToList();
                return voice.Refuse(SettlingProblems.NoSuchJob(word, names.Count, Nearest.Hint(word, names)), ExitCode.NothingSelected);
            case [var only]:
                List<JobEvent> life = [.. events.Where(pair => pair.Job == only.Known?.Number).Select(pair => pair.Event)];
                if (voice.IsJson)
                {
                    voice.Answer(ExplanationJson.Of(only, life));
                }
                else
                {
                    new ExplanationView(voice).Write(only, life);
                }

                return ExitCode.Done;
            default:
                return voice.Refuse(SettlingProblems.SeveralJobs(word, [.. found.Select(one => one.Spec.Key.Short)]));
        }
    }
}
