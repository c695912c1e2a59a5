using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Shape;

/// <summary>Reads the merged map of a manifest into a <see cref="Manifest"/>, key by key, telling everything that is wrong.</summary>
sealed class ManifestShape(SourceFile main, PathRules paths, DiagnosticBag all)
{
    const int MaxTakes = 10_000;

    readonly ShapeProblems problems = new(all);

    /// <summary>The manifest; null if something is missing without which expanding would only repeat the mistake.</summary>
    public Manifest? Read(MapNode map)
    {
        if (Fields.Open("the manifest", map, ManifestKeys.Top, problems) is not { } fields)
        {
            return null;
        }

        var arms = new ArmsReader(paths, problems).Read(fields["templates"]);
        var variablesMap = fields.Map("variables", "a map of variables");
        var variables = new VariablesReader(paths, problems).Read(variablesMap);
        var constants = Constants(fields, variablesMap);
        var axes = Axes(fields, variablesMap);
        var request = Request(fields);
        var manifest = new Manifest
        {
            File = main,
            Folder = PathRules.FolderOf(main.FullPath),
            Root = paths.Root,
            Files = paths.Found,
            Name = Name(fields),
            Description = fields.Text("description", "a text")?.Text,
            Arms = arms,
            Variables = variables,
            Constants = constants,
            Matrix = new MatrixReader(axes, problems).Read(fields["matrix"]),
            Image = Image(fields, request),
            Request = Without(request, "endpoint"),
            Endpoint = Endpoint(request),
            Takes = Takes(fields),
            Id = Template(fields, "id"),
            Output = Template(fields, "output"),
            SharesDuplicates = Dedupe(fields),
            Screening = Screening(fields),
            Limits = new LimitsReader(problems).Read(fields["limits"]),
        };
        return problems.AreBreaking ? null : manifest;
    }

    string Name(Fields fields)
    {
        if (fields.Scalar("name", "a text") is { } written)
        {
            var wanted = RunName.Of(written.Text);
            if (wanted != written.Text || RunName.IsDevice(written.Text))
            {
                problems.Add(ManifestProblems.NotASlug(
                    written.Place, Excerpt.Of(written.Text), RunName.IsDevice(wanted) ? "" : wanted));
            }

            return written.Text;
        }

        var file = Path.GetFileNameWithoutExtension(main.FullPath);
        var name = RunName.Of(file == "batch" ? Path.GetFileName(PathRules.FolderOf(main.FullPath)) : file);
        if (name.Length == 0 || RunName.IsDevice(name))
        {
            problems.Add(ManifestProblems.NoName(fields.Place, main.Path));
        }

        return name;
    }

    MapNode Constants(Fields fields, MapNode? variables)
    {
        if (fields.Map("constants", "a map of data") is not { } constants)
        {
            return new(fields.Place, []);
        }

        foreach (var entry in constants.Entries)
        {
            VariablesReader.CheckName(entry, "constant", problems);
            if (variables?[entry.Key] is { } variable)
            {
                problems.Breaking(ManifestProblems.SharedName(entry.KeyPlace, entry.Key, variable.KeyPlace));
            }

            WarnOfBraces(entry.Key, entry.Value);
        }

        return constants;
    }

    void WarnOfBraces(string name, Node node)
    {
        switch (node)
        {
            case ScalarNode scalar when scalar.Text.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var at:
                problems.Add(ManifestProblems.BracesInData(scalar.At(at, 2), name));
                break;
            case ListNode list:
                foreach (var item in list.Items)
                {
                    WarnOfBraces(name, item);
                }

                break;
            case MapNode map:
                foreach (var entry in map.Entries)
                {
                    WarnOfBraces($"{name}.{entry.Key}", entry.Value);
                }

                break;
            default:
                break;
        }
    }

    static IReadOnlyList<string> Axes(Fields fields, MapNode? variables)
    {
        var names = variables?.Entries.Select(entry => entry.Key) ?? [];
        return fields["templates"] is null ? [.. names] : ["template", .. names];
    }

    static MapNode Request(Fields fields) =>
        fields.Map("request", "a map of Runway's fields") is { } request ? Trimmed.Of(request) : new(fields.Place, []);

    static MapNode Without(MapNode map, string key) =>
        map with { Entries = [.. map.Entries.Where(entry => entry.Key != key)] };

    ScalarNode? Endpoint(MapNode request)
    {
        if (request["endpoint"] is not { Value: not NullNode } entry)
        {
            return null;
        }

        if (entry.Value is ScalarNode { IsText: true } scalar
            && scalar.Text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            return scalar;
        }

        problems.Breaking(ManifestProblems.WrongType(
            entry.Value.Place, "endpoint", Kinds.Of(entry.Value), "a word such as `image_to_video`"));
        return null;
    }

    MapEntry? Image(Fields fields, MapNode request)
    {
        if (fields["image"] is not { } image)
        {
            return null;
        }

        if (request["promptImage"] is { Value: not NullNode } nested)
        {
            problems.Breaking(ManifestProblems.Both(
                image.KeyPlace, "image", "request.promptImage", nested.KeyPlace, "keep one of the two"));
        }

        if (image.Value is MapNode map)
        {
            problems.Breaking(map[ManifestKeys.ImageStep] is { } step
                ? ManifestProblems.Reserved(step.KeyPlace, ManifestKeys.ImageStep, ManifestKeys.ImageStepToday)
                : ManifestProblems.WrongType(
                    map.Place, "image", Kinds.Of(map), "a path, an https URL, or a list as `request.promptImage` takes it"));
            return null;
        }

        if (image.Value is ScalarNode { IsText: false } or ScalarNode { Text: "" } or ListNode { Items.Count: 0 })
        {
            problems.Breaking(ManifestProblems.WrongType(
                image.Value.Place, "image",
                image.Value is ScalarNode { Text: "" } or ListNode ? "empty" : Kinds.Of(image.Value),
                "a path, an https URL or a template"));
            return null;
        }

        return image with { Value = Trimmed.Of(image.Value) };
    }

    ScalarNode? Takes(Fields fields)
    {
        const string expected = "a number of 1 or more, or a template";
        if (fields.Scalar("takes", expected) is not { } scalar)
        {
            return null;
        }

        var takes = Trimmed.Of(scalar);
        if (takes.Text.Contains("{{", StringComparison.Ordinal))
        {
            return takes;
        }

        if (!long.TryParse(takes.Text, out var count))
        {
            problems.Breaking(ManifestProblems.WrongType(takes.Place, "takes", Kinds.Of(takes), expected));
        }
        else if (count is < 1 or > MaxTakes)
        {
            problems.Breaking(ManifestProblems.OutOfRange(takes.Place, "takes", takes.Text, "1", "10 000"));
        }

        return takes;
    }

    ScalarNode? Template(Fields fields, string key)
    {
        if (fields.Scalar(key, "a text") is not { } scalar)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(scalar.Text))
        {
            problems.Breaking(ManifestProblems.Empty(scalar.Place, key, "a text"));
        }

        return Trimmed.Of(scalar);
    }

    bool Dedupe(Fields fields)
    {
        if (fields.Scalar("dedupe", "`error` or `share`") is not { } scalar)
        {
            return false;
        }

        if (scalar.Text is not ("error" or "share"))
        {
            problems.Add(ManifestProblems.NotAChoice(
                scalar.Place, "dedupe", Kinds.Of(scalar), "`error` or `share`",
                Nearest.Hint(scalar.Text, ["error", "share"])));
        }

        return scalar.Text == "share";
    }

    Screening? Screening(Fields top)
    {
        if (top["screening"] is not { } entry
            || Fields.Open("screening", entry.Value, ManifestKeys.Screening, problems) is not { } fields)
        {
            return null;
        }

        return new(Words(fields, "deny"), Words(fields, "warn"));
    }

    List<ScalarNode> Words(Fields fields, string key)
    {
        const string expected = "a list of words, or of files such as `{ file: words.txt }`";
        List<ScalarNode> words = [];
        foreach (var item in fields.List(key, expected)?.Items ?? [])
        {
            switch (item)
            {
                case ScalarNode { IsText: true } path when ArmsReader.LooksLikePath(path.Text):
                    problems.Add(ManifestProblems.WordLooksLikePath(path.Place, key, path.Text.Trim()));
                    break;
                case ScalarNode { Text.Length: > 0 } word:
                    words.Add(word);
                    break;
                case MapNode map:
                    words.AddRange(WordsOf(key, map));
                    break;
                default:
                    var found = item is ScalarNode ? "an empty text" : item is NullNode ? "a blank value" : Kinds.Of(item);
                    problems.Add(ManifestProblems.WrongType(item.Place, key, $"a list with {found} in it", expected));
                    break;
            }
        }

        return words;
    }

    IReadOnlyList<ScalarNode> WordsOf(string key, MapNode map)
    {
        if (Fields.Open(key, map, ManifestKeys.Words, problems) is not { } fields)
        {
            return [];
        }

        if (fields.Text("file", "a path") is not { } path)
        {
            if (map["file"] is null && fields.HasOnlyKnownKeys)
            {
                problems.Add(ManifestProblems.Missing(map.Place, key, "`file`"));
            }

            return [];
        }

        var found = paths.Resolve(path.Text, path.Place.File, path.Place);
        if (found.Problem is { } problem)
        {
            problems.Add(problem);
        }

        var words = found.File is { } file ? problems.Watch(bag => WordFile.Read(file, path.Place, bag)) : null;
        if (words is [])
        {
            problems.Add(ManifestProblems.NoWords(path.Place, path.Text.Trim()));
        }

        return words ?? [];
    }
}
