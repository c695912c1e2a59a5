using System.CommandLine;
using System.Text;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Commands;

/// <summary>`schema`: prints the JSON schema of manifests, for editors.</summary>
static class SchemaCommand
{
    const string Resource = "manifest.schema.json";

    public static Command Build(Manner manner, Surroundings outside)
    {
        var command = new Verb("schema", "prints the JSON schema of manifests, for editors")
        {
            Examples =
            [
                ("schema > manifest.schema.json", "then begin a manifest with: # yaml-language-server: $schema=manifest.schema.json"),
            ],
        };
        command.SetAction(parsed => manner.Of(parsed, outside).Answer(Text()));
        return command;
    }

    /// <summary>The schema this version came with.</summary>
    public static string Text()
    {
        using var stream = typeof(Manifests.Manifest).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the build");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().TrimEnd('\n');
    }
}
