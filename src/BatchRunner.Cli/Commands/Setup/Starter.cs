using System.Text;

namespace BatchRunner.Cli.Commands.Setup;

/// <summary>A small batch to begin with: a manifest, its sheets, a picture, and the schema for the editor.</summary>
/// <param name="Trade">What somebody does who begins with it.</param>
/// <param name="Meaning">What it makes.</param>
/// <param name="Picture">Where its picture goes.</param>
/// <param name="Draw">Makes the picture.</param>
sealed record Starter(string Trade, string Meaning, string Picture, Func<byte[]> Draw)
{
    /// <summary>The name of every manifest of them.</summary>
    public const string Manifest = "batch.yaml";

    const string Folder = "Starters/";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Starter> All { get; } =
    [
        new("marketing", "one product shot, messages, moods and formats: variants for an A/B test", "assets/hero.png", StarterPicture.Bottle),
        new("education", "a narration in chunks over one style frame: an explainer", "assets/style.png", StarterPicture.Sea),
        new("documentary", "topics joined with their era over an archive still: b-roll", "assets/still.png", StarterPicture.Lighthouse),
    ];

    /// <summary>Its files by their path with `/`, the manifest first.</summary>
    public IReadOnlyList<(string Path, byte[] Bytes)> Files()
    {
        var assembly = typeof(Starter).Assembly;
        var prefix = $"{Folder}{Trade}/";
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => (name[prefix.Length..], Read(assembly.GetManifestResourceStream(name)))),
            (Picture, Draw()),
            ("manifest.schema.json", Encoding.UTF8.GetBytes(SchemaCommand.Text() + "\n")),
        ];
    }

    static byte[] Read(Stream? stream)
    {
        using var bytes = new MemoryStream();
        using (stream)
        {
            stream?.CopyTo(bytes);
        }

        return bytes.ToArray();
    }
}
