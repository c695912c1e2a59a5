using System.Reflection;
using BatchRunner.Catalogue.Reading;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue;

/// <summary>What each model takes and costs, as data: built in from models.json, or a newer file of the user's.</summary>
sealed class ModelCatalogue
{
    const long LargestFile = 16 * 1024 * 1024;

    static readonly Lazy<ModelCatalogue> Embedded = new(ReadEmbedded);

    readonly Dictionary<string, Model> byName;

    /// <summary>Made by the reader.</summary>
    public ModelCatalogue(DateOnly date, string source, IReadOnlyList<Model> models)
    {
        (Date, Source, Models) = (date, source, models);
        byName = models.ToDictionary(model => model.Name, StringComparer.Ordinal);
        Endpoints = [.. models.SelectMany(model => model.Variants).Select(variant => variant.Endpoint).Distinct()];
    }

    /// <summary>The catalogue this version came with.</summary>
    public static ModelCatalogue BuiltIn => Embedded.Value;

    /// <summary>Reads a catalogue file; null and diagnostics (BR05xx, with line and column) if it is not one.</summary>
    public static ModelCatalogue? Load(SourceFile file, DiagnosticBag problems)
    {
        byte[] bytes;
        try
        {
            using var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (stream.Length > LargestFile)
            {
                problems.Add(CatalogueProblems.TooLargeFile(new SourcePlace(file, 1, 1), stream.Length, LargestFile));
                return null;
            }

            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Missing, unreadable, a folder or a pipe: for the user all the same.
            problems.Add(CatalogueProblems.Unreadable(file));
            return null;
        }

        return CatalogueReader.Read(file, bytes, problems);
    }

    /// <summary>The day its facts are from.</summary>
    public DateOnly Date { get; }

    /// <summary>Where its facts are from.</summary>
    public string Source { get; }

    public IReadOnlyList<Model> Models { get; }

    /// <summary>Every endpoint it knows, such as `image_to_video`.</summary>
    public IReadOnlyList<string> Endpoints { get; }

    public Model? Find(string name) => byName.GetValueOrDefault(name);

    static ModelCatalogue ReadEmbedded()
    {
        const string name = "models.json";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var problems = new DiagnosticBag();
        return CatalogueReader.Read(new SourceFile(name, name), bytes, problems)
            ?? throw new InvalidOperationException(
                string.Join('\n', problems.Select(problem => $"{problem.Place}: {problem.Code}: {problem.Message}")));
    }
}
