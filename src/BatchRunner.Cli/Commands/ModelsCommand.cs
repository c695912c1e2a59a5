using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Commands;

/// <summary>`models`: what the catalogue knows, for people who choose one.</summary>
static class ModelsCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var name = new Argument<string?>("NAME") { Description = "one model, with its fields", Arity = ArgumentArity.ZeroOrOne };
        var file = CatalogueFile.Option();
        var command = new Verb("models", "lists the models, what they take and what they cost")
        {
            Examples = [("models", "one line per model and endpoint"), ("models gen4_turbo", "its fields, choices and limits")],
            Arguments = { name },
            Options = { file },
        };
        command.SetAction(parsed => Answer(
            parsed.GetValue(name), parsed.GetValue(file), manner.Of(parsed, outside)));
        return command;
    }

    static int Answer(string? name, string? file, Voice voice)
    {
        var problems = new DiagnosticBag();
        if (CatalogueFile.Load(file, problems) is not { } catalogue)
        {
            voice.Write(problems);
            return ExitCode.Usage;
        }

        if (name is null)
        {
            new ModelsView(voice).Write(catalogue);
            return ExitCode.Done;
        }

        if (catalogue.Find(name) is not { } model)
        {
            return voice.Refuse(UsageProblems.UnknownModel(SafeText.Line(name), catalogue.Models.Select(m => m.Name)));
        }

        new ModelsView(voice).Write(model);
        return ExitCode.Done;
    }
}
