using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Commands;
using BatchRunner.Cli.Commands.Setup;
using BatchRunner.Cli.Completion;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli;

/// <summary>The command line as a whole: parsed once, told in our words when it is wrong, else handed to a command.</summary>
static class CommandLine
{
    /// <summary>Runs it and gives the exit code.</summary>
    public static async Task<int> Run(string[] arguments, Surroundings outside)
    {
        var manner = new Manner();
        var root = Build(manner, outside);

        // An argument that begins with `@` is a text like any other, not a file of further arguments.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction || ParseMistakes.Misspelt(parsed).Any())
        {
            if (arguments.Length == 0)
            {
                HelpText.Write(root, outside.Error);
                return ExitCode.Usage;
            }

            manner.Of(parsed, outside).Write(ParseMistakes.In(parsed));
            return ExitCode.Usage;
        }

        var surroundings = new InvocationConfiguration
        {
            Output = outside.Output,
            Error = outside.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        try
        {
            return await parsed.InvokeAsync(surroundings, outside.Interrupts.Drain);
        }
        catch (OperationCanceledException) when (outside.Interrupts.ExitCode is { } exit)
        {
            // Everything that had to be saved was saved before it was done.
            return exit;
        }
    }

    /// <summary>The tree of commands.</summary>
    public static RootCommand Build(Manner manner, Surroundings outside)
    {
        var root = new RootCommand("runs batches of generated video from one YAML manifest")
        {
            InitCommand.Build(manner, outside),
            ValidateCommand.Build(manner, outside),
            PlanCommand.Build(manner, outside),
            RunCommand.Build(manner, outside),
            StatusCommand.Build(manner, outside),
            ResolveCommand.Build(manner, outside),
            CancelCommand.Build(manner, outside),
            VerifyCommand.Build(manner, outside),
            ExplainCommand.Build(manner, outside),
            ReportCommand.Build(manner, outside),
            ReviewCommand.Build(manner, outside),
            ModelsCommand.Build(manner, outside),
            SchemaCommand.Build(manner, outside),
            SimulateCommand.Build(manner, outside),
            DoctorCommand.Build(manner, outside),
            CompletionCommand.Build(manner, outside),
            ManCommand.Build(manner, outside),
        };
        root.HelpName = "batchrunner";
        foreach (var option in manner.Options)
        {
            root.Options.Add(option);
        }

        foreach (var option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Action = new HelpText();
                    help.Description = "what a command does and takes";
                    break;
                case VersionOption version:
                    version.Description = "the version";
                    version.Action = new VersionText();
                    break;
            }
        }

        return root;
    }
}
