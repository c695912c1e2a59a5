using System.CommandLine;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Commands.Setup;

/// <summary>`init`: writes a small batch to begin with. Never writes over anything.</summary>
static class InitCommand
{
    const int Indent = 11;

    public static Command Build(Manner manner, Surroundings outside)
    {
        var trade = new Argument<string>("TRADE") { Description = string.Join(" or ", Starter.All.Select(starter => starter.Trade)) };
        var folder = new Argument<string?>("DIR") { Description = "where to; without it a new folder named like TRADE", Arity = ArgumentArity.ZeroOrOne };
        var command = new Verb("init", "writes a manifest, a sheet and a picture to begin with; never writes over anything")
        {
            Examples =
            [
                .. Starter.All.Select(starter => ($"init {starter.Trade}", starter.Meaning)),
                ("init marketing spring", "in the folder spring"),
            ],
            Arguments = { trade, folder },
        };
        command.SetAction(parsed => Write(
            parsed.GetRequiredValue(trade), parsed.GetValue(folder), manner.Of(parsed, outside)));
        return command;
    }

    static int Write(string trade, string? folder, Voice voice)
    {
        if (Starter.All.FirstOrDefault(one => one.Trade == trade) is not { } starter)
        {
            return voice.Refuse(SetupProblems.UnknownTrade(SafeText.Line(trade), Starter.All.Select(one => one.Trade)));
        }

        var shown = folder ?? starter.Trade;
        var files = starter.Files().Select(file => (Path: Path.Combine(shown, file.Path), file.Bytes)).ToList();
        if (files.Where(file => Path.Exists(file.Path)).Select(file => file.Path).ToList() is { Count: > 0 } there)
        {
            return voice.Refuse(SetupProblems.AlreadyThere(SafeText.Line(there[0]), there.Count));
        }

        foreach (var (path, bytes) in files)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
                using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
                file.Write(bytes);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return voice.Refuse(SetupProblems.NotWritten(SafeText.Line(path), Reason(path, error)), ExitCode.Folder);
            }

            voice.Answer(voice.IsJson ? JsonLine.Of("written", json => json.WriteString("file", path)) : SafeText.Line(path));
        }

        var manifest = SafeText.Line(Path.Combine(shown, Starter.Manifest));
        if (!voice.IsJson)
        {
            voice.Answer("");
            voice.Answer($"  price    `batchrunner plan {manifest}`", Indent);
            voice.Answer($"  try      `batchrunner run {manifest} --simulate`: no key, no money", Indent);
        }

        return ExitCode.Done;
    }

    // A file where a folder is wanted is told by the system as whatever it stumbled over.
    static string Reason(string path, Exception error)
    {
        for (var above = Path.GetDirectoryName(path); !string.IsNullOrEmpty(above); above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                return $"`{SafeText.Line(above)}` is a file, and a folder is wanted there";
            }
        }

        return Disk.Describe(error);
    }
}
