using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Commands;

/// <summary>`validate`: everything that is wrong with a manifest and what it reads. Needs no key, opens no connection.</summary>
static class ValidateCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, or a saved plan, whose manifest it then is");
        var command = new Verb("validate", "finds every mistake in a manifest, its sheets and templates; sends nothing")
        {
            Examples =
            [
                ("validate batch.yaml", "file:line:column, what is wrong, and what would be right"),
                ("validate batch.yaml --plain", "one line per mistake, for scripts"),
            ],
        };
        batch.AddTo(command, withFolder: false);
        command.SetAction((parsed, cancel) => Task.FromResult(Validate(batch.Of(parsed), manner.Of(parsed, outside), cancel)));
        return command;
    }

    static int Validate(BatchRequest request, Voice voice, CancellationToken cancel)
    {
        var problems = new DiagnosticBag();
        var batch = SavedPlans.Meant(request, problems) is { } meant ? BatchFiles.Expand(meant, problems, cancel) : null;
        voice.Write(problems);
        if (batch is null)
        {
            voice.Say(Mistakes.Count(problems));
            return ExitCode.Usage;
        }

        if (voice.IsJson)
        {
            voice.Answer(JsonLine.Of("valid", json =>
            {
                json.WriteString("name", batch.Manifest.Name);
                json.WriteNumber("jobs", batch.Jobs.Count);
            }));
        }
        else
        {
            voice.Answer($"{SafeText.Line(request.Path)}: {Figures.Count(batch.Jobs.Count, "job")}, no mistakes");
        }

        return ExitCode.Done;
    }
}
