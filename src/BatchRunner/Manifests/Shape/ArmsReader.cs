using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Shape;

/// <summary>Reads `templates`: a map of texts, files and maps, or a glob that gives one arm per file.</summary>
sealed class ArmsReader(PathRules paths, ShapeProblems problems)
{
    static readonly string[] PromptEndings = [".txt", ".md", ".prompt", ".tmpl", ".tpl", ".template", ".scriban", ".sbn", ".liquid"];

    public IReadOnlyList<Arm> Read(MapEntry? templates)
    {
        switch (templates?.Value)
        {
            case null:
                return [];
            case MapNode { Entries.Count: 0 } map:
                problems.Breaking(ManifestProblems.Empty(map.Place, "templates", "at least one template"));
                return [];
            case MapNode map:
                return [.. map.Entries.Select(One).OfType<Arm>()];
            case ScalarNode { IsText: true } pattern when Glob.IsPattern(pattern.Text) && !HasBraces(pattern.Text):
                return FromFiles(pattern);
            case ScalarNode { IsText: true } text when LooksLikePath(text.Text):
                problems.Breaking(ManifestProblems.WrongType(
                    text.Place, "templates", Kinds.Of(text), "a map of templates, or a glob",
                    $"write `main: {{ file: {text.Text.Trim()} }}` under it"));
                return [];
            case var other:
                problems.Breaking(ManifestProblems.WrongType(
                    other.Place, "templates", Kinds.Of(other), "a map of templates, or a glob",
                    "give each template a name: `main: \"…\"`"));
                return [];
        }
    }

    Arm? One(MapEntry entry)
    {
        if (entry.Key.Length == 0 || entry.Key.Any(char.IsControl))
        {
            problems.Breaking(ManifestProblems.NotAName(entry.KeyPlace, "template", entry.Key, null));
            return null;
        }

        switch (entry.Value)
        {
            case NullNode:
                problems.Breaking(
                    ManifestProblems.Blank(entry.KeyPlace, entry.Key, "a text, or a map with `text` or `file`"));
                return null;
            case ScalarNode { IsText: true } text:
                return Checked(entry.Key, text) is { } prompt ? new(entry.Key, entry.KeyPlace, prompt, null) : null;
            case MapNode map:
                return FromMap(entry, map);
            default:
                problems.Breaking(ManifestProblems.WrongType(
                    entry.Value.Place, entry.Key, Kinds.Of(entry.Value), "a text, or a map with `text` or `file`",
                    entry.Value is ScalarNode number
                        ? $"write it in quotes if text is meant: `\"{number.Text}\"`"
                        : null));
                return null;
        }
    }

    Arm? FromMap(MapEntry entry, MapNode map)
    {
        if (Fields.Open(entry.Key, map, ManifestKeys.Template, problems) is not { } fields)
        {
            return null;
        }

        var request = fields.Map("request", "a map of Runway's fields");
        var (text, file) = (fields["text"], fields["file"]);
        if (text is not null && file is not null)
        {
            problems.Breaking(
                ManifestProblems.Both(file.KeyPlace, "file", "text", text.KeyPlace, "keep one of the two"));
            return null;
        }

        if (text is null && file is null)
        {
            if (map["text"] is null && map["file"] is null && fields.HasOnlyKnownKeys)
            {
                problems.Breaking(ManifestProblems.Missing(entry.KeyPlace, entry.Key, "`text` or `file`"));
            }

            return null;
        }

        var prompt = file is null
            ? fields.Text("text", "a text") is { } written ? Checked(entry.Key, written) : null
            : fields.Text("file", "a path") is { } path ? FromFile(path) : null;
        return prompt is null
            ? null
            : new(entry.Key, entry.KeyPlace, prompt, request is null ? null : Trimmed.Of(request));
    }

    ScalarNode? Checked(string name, ScalarNode text)
    {
        if (string.IsNullOrWhiteSpace(text.Text))
        {
            problems.Breaking(ManifestProblems.Empty(text.Place, name, "the text of a prompt"));
            return null;
        }

        if (LooksLikePath(text.Text))
        {
            problems.Breaking(ManifestProblems.LooksLikePath(text.Place, name, text.Text.Trim()));
            return null;
        }

        return Trimmed.Of(text);
    }

    ScalarNode? FromFile(ScalarNode path)
    {
        var found = paths.Resolve(path.Text, path.Place.File, path.Place);
        if (found.Problem is { } problem)
        {
            problems.Breaking(problem);
        }

        return found.File is { } file ? problems.Watch(all => PromptFile.Read(file, path.Place, all)) : null;
    }

    List<Arm> FromFiles(ScalarNode pattern)
    {
        List<Arm> arms = [];
        Dictionary<string, SourceFile> named = [];
        var files = problems.Watch(all => Glob.Find(pattern.Text, pattern.Place.File, paths, pattern.Place, all));
        foreach (var file in files)
        {
            var name = RunName.Of(Path.GetFileNameWithoutExtension(file.Path));
            if (name.Length == 0)
            {
                problems.Breaking(
                    ManifestProblems.NotAName(pattern.Place, "template file", Path.GetFileName(file.Path), null));
            }
            else if (!named.TryAdd(name, file))
            {
                problems.Breaking(ManifestProblems.SameName(pattern.Place, name, named[name].Path, file.Path));
            }
            else if (problems.Watch(all => PromptFile.Read(file, pattern.Place, all)) is { } text)
            {
                arms.Add(new(name, pattern.Place, text, null));
            }
        }

        return arms;
    }

    static bool HasBraces(string text) => text.Contains("{{", StringComparison.Ordinal);

    // One line without a template that ends like a text file: nobody's prompt does.
    internal static bool LooksLikePath(string text)
    {
        var path = text.Trim();
        return !HasBraces(path)
            && !path.Contains('\n', StringComparison.Ordinal)
            && (PromptEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                || (path.StartsWith("./", StringComparison.Ordinal) && !path.Contains(' ', StringComparison.Ordinal)));
    }
}
