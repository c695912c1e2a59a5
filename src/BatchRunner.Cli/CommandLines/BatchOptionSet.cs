using System.CommandLine;

namespace BatchRunner.Cli.CommandLines;

/// <summary>The argument and options of every command that reads a batch.</summary>
sealed class BatchOptionSet
{
    readonly Argument<string> batch;
    readonly Option<bool> simulate = Options.Switch("--simulate", "the run made with `run --simulate`, in out/<name>.simulated/");
    readonly Option<string?> output = Options.Text("--output", "DIR", "the run's folder (out/<name>/ beside the manifest)", "-o");
    readonly Option<string?> root = Options.Text("--root", "DIR", "let the manifest read files below DIR, not only below its own folder");
    readonly Option<string?> models = CatalogueFile.Option();

    public BatchOptionSet(string batch, string? simulate = null)
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
sealed record BatchRequest(string Path, bool IsSimulated, string? Output, string? Root, string? Models);
