using System.CommandLine;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Planning.Saved;

namespace BatchRunner.Cli.CommandLines;

/// <summary>The argument and options of every command that reads a batch.</summary>
sealed class BatchArguments
{
    readonly Argument<string> batch;
    readonly Option<bool> simulate = Options.Switch("--simulate", "the run made with `run --simulate`, in out/<name>.simulated/");
    readonly Option<string?> output = Options.Text("--output", "DIR", "the run's folder (out/<name>/ beside the manifest)", "-o");
    readonly Option<string?> root = Options.Text("--root", "DIR", "let the manifest read files below DIR, not only below its own folder");
    readonly Option<string?> models = CatalogueFile.Option();

    public BatchArguments(string batch, string? simulate = null)
    {
        this.batch = Options.Batch(batch);
        this.simulate.Description = simulate ?? this.simulate.Description;
    }

    /// <summary>What is common to all.</summary>
    public void AddTo(Command command, bool withFolder = true, bool withCatalogue = true)
    {
        command.Arguments.Add(batch);
        if (withFolder)
        {
            command.Options.Add(simulate);
            command.Options.Add(output);
        }

        command.Options.Add(root);
        if (withCatalogue)
        {
            command.Options.Add(models);
        }
    }

    /// <summary>What was typed.</summary>
    public BatchRequest Of(ParseResult parsed) => new(
        parsed.GetRequiredValue(batch),
        parsed.GetValue(simulate),
        parsed.GetValue(output),
        parsed.GetValue(root),
        parsed.GetValue(models));
}

/// <summary>Which batch a command is about.</summary>
/// <param name="Path">The manifest or folder, as typed.</param>
/// <param name="IsSimulated">The simulated run, not the paid one.</param>
/// <param name="Output">The run's folder as typed, or null.</param>
/// <param name="Root">What the manifest may read below, or null.</param>
/// <param name="Models">A catalogue file, or null.</param>
sealed record BatchRequest(string Path, bool IsSimulated, string? Output, string? Root, string? Models)
{
    /// <summary>The options that name the same run again, each with a blank before it; safe to print.</summary>
    public string Whereabouts => (IsSimulated ? " --simulate" : "") + (Output is { } output ? $" -o {SafeText.Line(output)}" : "");

    /// <summary>The saved plan that stands for the manifest and folder, if one was named, else null.</summary>
    public SavedPlanFile? Saved { get; init; }
}

/// <summary>A saved plan with the file it is kept in.</summary>
sealed record SavedPlanFile(SourceFile File, SavedPlan Plan);
