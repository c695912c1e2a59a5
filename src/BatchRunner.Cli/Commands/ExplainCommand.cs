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
        var batch = new BatchArguments("a manifest, or the folder of a run (then what the journal alone knows)");
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
        ExpandedOrFolder? source = null;
        if (Directory.Exists(request.Path))
        {
            source = RunPlaces.Find(request, voice) is { } place ? new ExpandedOrFolder(place, null) : null;
        }
        else
        {
            var problems = new DiagnosticBag();
            var batch = BatchFiles.Expand(request, problems, cancel);
            if (batch is null)
            {
                voice.Write(problems);
                voice.Say(Mistakes.Count(problems));
            }
            else
            {
                source = new ExpandedOrFolder(BatchFiles.PlaceOf(request, batch.Manifest.Name), batch);
            }
        }

        return source is null ? ExitCode.Usage : Explain(source, word, voice);
    }

    static int Explain(ExpandedOrFolder source, string word, Voice voice)
    {
        var events = new List<(int Job, JobEvent Event)>();
        var read = Journal.Read(source.Place.Folder, (number, happened) => events.Add((number, happened)));
        if (read is ReadAnswer.Refused refused)
        {
            return voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble));
        }

        var journal = ((ReadAnswer.Found)read).Contents;
        var plan = source.Batch is { } batch ? Planner.Plan(batch, journal) : null;
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

    /// <summary>Where the journal is, and the manifest's jobs if there is a manifest.</summary>
    sealed record ExpandedOrFolder(RunPlace Place, Expansion.ExpandedBatch? Batch);
}
