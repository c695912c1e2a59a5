using System.CommandLine;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>`--models FILE`: a newer catalogue than the one built in.</summary>
static class CatalogueFile
{
    const string Name = "--models";

    public static Option<string?> Option() => Options.Text(Name, "FILE", "a newer catalogue of models and prices");

    /// <summary>The catalogue asked for, or null and why not.</summary>
    public static ModelCatalogue? Load(string? path, DiagnosticBag problems)
    {
        if (path is null)
        {
            return ModelCatalogue.BuiltIn;
        }

        if (File.Exists(path))
        {
            return ModelCatalogue.Load(new SourceFile(path, Path.GetFullPath(path)), problems);
        }

        problems.Add(UsageProblems.NoSuchFile(Name, path));
        return null;
    }
}
