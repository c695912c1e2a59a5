using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Shape;

/// <summary>Reads `variables`: each a path, a glob, a list, or a map that says more about a file.</summary>
sealed class VariablesReader(PathRules paths, ShapeProblems problems)
{
    const string Expected = "a path, a glob, a list, or a map with `file` or `files`";
    const int MaxSkippedRows = 10_000;

    static readonly string[] Spreadsheets = [".xlsx", ".xls", ".xlsm", ".ods", ".numbers", ".gsheet"];
    static readonly string[] OtherData = [".json", ".jsonl", ".yaml", ".yml", ".xml", ".parquet"];

    public IReadOnlyList<Variable> Read(MapNode? variables) =>
        variables is null ? [] : [.. variables.Entries.Select(Read).OfType<Variable>()];

    Variable? Read(MapEntry entry)
    {
        CheckName(entry, "variable", problems);
        var source = entry.Value switch
        {
            ScalarNode { IsText: true } path => FromText(path, id: null),
            ListNode list => FromList(entry.Key, list),
            MapNode map => FromMap(entry, map),
            _ => null,
        };
        if (source is null && entry.Value is NullNode)
        {
            problems.Breaking(ManifestProblems.Blank(entry.KeyPlace, entry.Key, Expected));
        }
        else if (source is null && entry.Value is ScalarNode { IsText: false } scalar)
        {
            problems.Breaking(ManifestProblems.WrongType(
                scalar.Place, entry.Key, Kinds.Of(scalar), Expected, "write a list for single values: `[ … ]`"));
        }

        return source is null ? null : new(entry.Key, entry.KeyPlace, source);
    }

    /// <summary>Tells a name that templates can't read, or mean something else by.</summary>
    public static void CheckName(MapEntry entry, string what, ShapeProblems problems)
    {
        if (!ReservedNames.IsName(entry.Key))
        {
            var suggestion = RunName.Of(entry.Key).Replace('-', '_');
            problems.Breaking(ManifestProblems.NotAName(
                entry.KeyPlace, what, Excerpt.Of(entry.Key),
                ReservedNames.IsName(suggestion) && ReservedNames.Meaning(suggestion) is null ? suggestion : null));
        }
        else if (ReservedNames.Meaning(entry.Key) is { } meaning)
        {
            problems.Breaking(ManifestProblems.TakenName(entry.KeyPlace, what, entry.Key, meaning));
        }
    }

    VariableSource? FromText(ScalarNode path, ScalarNode? id)
    {
        if (path.Text.Contains("{{", StringComparison.Ordinal))
        {
            problems.Breaking(
                FileProblems.NotAPath(path.Place, Excerpt.Of(path.Text), "rows are read before any template"));
            return null;
        }

        VariableSource? source = Glob.IsPattern(path.Text) ? Files(path, id) : Sheet(path, path.Place, id, null, null, 0);
        return source is null ? null : source with { Alone = path.Text };
    }

    static FilesSource Files(ScalarNode pattern, ScalarNode? id) =>
        new(pattern.Place, id, pattern.Text, PathRules.FolderOf(pattern.Place.File.FullPath));

    SheetSource? Sheet(
        ScalarNode path, SourcePlace place, ScalarNode? id, char? delimiter, Encoding? encoding, int skipRows)
    {
        var ending = Path.GetExtension(path.Text).ToLowerInvariant();
        var hint = Spreadsheets.Contains(ending) ? "save it as CSV"
            : OtherData.Contains(ending) ? "write the rows as a list here, or save them as CSV"
            : null;
        if (hint is not null)
        {
            problems.Breaking(ManifestProblems.NotASheet(path.Place, path.Text, hint));
            return null;
        }

        var found = paths.Resolve(path.Text, path.Place.File, path.Place);
        if (found.Problem is { } problem)
        {
            problems.Breaking(problem);
        }

        return found.File is { } file ? new(place, id, file, delimiter, encoding, skipRows) : null;
    }

    ListSource? FromList(string name, ListNode list)
    {
        if (list.Items.Count == 0)
        {
            problems.Breaking(ManifestProblems.Empty(list.Place, name, "at least one value"));
            return null;
        }

        foreach (var item in list.Items)
        {
            if (item is NullNode or ListNode)
            {
                problems.Breaking(ManifestProblems.WrongType(
                    item.Place, name, item is NullNode ? "blank in one place" : "a list in a list", "values or maps"));
            }
            else if (item is MapNode != list.Items[0] is MapNode)
            {
                problems.Breaking(
                    ManifestProblems.MixedList(item.Place, name, Kinds.Of(item), Kinds.Of(list.Items[0])));
            }
            else if (item is MapNode map)
            {
                CheckRow(map);
            }
        }

        return new(list.Place, null, new(list.Place, [.. list.Items.Select(Row)]));
    }

    void CheckRow(MapNode row)
    {
        if (row.Entries.Count == 0)
        {
            problems.Breaking(ManifestProblems.Empty(row.Place, "a row", "at least one member"));
        }

        if (row["request"] is { Value: not (MapNode or NullNode) } request)
        {
            problems.Breaking(ManifestProblems.WrongType(
                request.Value.Place, "request", Kinds.Of(request.Value), "a map of Runway's fields"));
        }

        if (row["id"] is { Value: MapNode or ListNode } id)
        {
            problems.Breaking(ManifestProblems.WrongType(id.Value.Place, "id", Kinds.Of(id.Value), "a text"));
        }
    }

    // Members are data and stay as written; `request` is templates.
    static Node Row(Node item) => item is not MapNode map
        ? item
        : map with
        {
            Entries =
            [
                .. map.Entries.Select(entry => entry.Key == "request" ? entry with { Value = Trimmed.Of(entry.Value) } : entry),
            ],
        };

    VariableSource? FromMap(MapEntry entry, MapNode map)
    {
        if (Fields.Open(entry.Key, map, ManifestKeys.Source, problems) is not { } fields)
        {
            return null;
        }

        var (file, files) = (fields["file"], fields["files"]);
        if (file is not null && files is not null)
        {
            problems.Breaking(
                ManifestProblems.Both(files.KeyPlace, "files", "file", file.KeyPlace, "keep one of the two"));
            return null;
        }

        var id = fields.Scalar("id", "a text") is { } written ? Trimmed.Of(written) : null;
        if (files is not null)
        {
            return FromFiles(fields, id);
        }

        var (delimiter, encoding, skipRows) = (Delimiter(fields), Encoded(fields), SkipRows(fields));
        if (file is null)
        {
            if (map["file"] is null && fields.HasOnlyKnownKeys)
            {
                problems.Breaking(ManifestProblems.Missing(entry.KeyPlace, entry.Key, "`file` or `files`"));
            }

            return null;
        }

        return fields.Text("file", "a path") is { } path
            ? Sheet(path, path.Place, id, delimiter, encoding, skipRows)
            : null;
    }

    FilesSource? FromFiles(Fields fields, ScalarNode? id)
    {
        foreach (var key in (string[])["delimiter", "encoding", "skip_rows"])
        {
            if (fields[key] is { } entry)
            {
                problems.Breaking(ManifestProblems.OnlyWith(entry.KeyPlace, key, "file"));
            }
        }

        return fields.Text("files", "a glob such as `footage/*.mp4`") is { } pattern ? Files(pattern, id) : null;
    }

    char? Delimiter(Fields fields)
    {
        if (fields.Scalar("delimiter", "`,`, `;`, `|` or `tab`") is not { } scalar)
        {
            return null;
        }

        char? found = scalar.Text switch { "," => ',', ";" => ';', "|" => '|', "\t" or "tab" or "\\t" => '\t', _ => null };
        if (found is null)
        {
            problems.Breaking(ManifestProblems.NotAChoice(
                scalar.Place, "delimiter", Kinds.Of(scalar), "`,`, `;`, `|` or `tab`", null));
        }

        return found;
    }

    Encoding? Encoded(Fields fields)
    {
        if (fields.Text("encoding", "the name of an encoding") is not { } scalar)
        {
            return null;
        }

        var found = Encodings.Find(scalar.Text.Trim());
        if (found is null)
        {
            problems.Breaking(ManifestProblems.UnknownEncoding(
                scalar.Place, Excerpt.Of(scalar.Text), Nearest.To(scalar.Text, Encodings.Common)));
        }

        return found;
    }

    int SkipRows(Fields fields)
    {
        if (fields.Scalar("skip_rows", "a number of lines") is not { } scalar)
        {
            return 0;
        }

        if (scalar.Value is not long count)
        {
            problems.Breaking(
                ManifestProblems.WrongType(scalar.Place, "skip_rows", Kinds.Of(scalar), "a number of lines"));
            return 0;
        }

        if (count is < 0 or > MaxSkippedRows)
        {
            problems.Breaking(ManifestProblems.OutOfRange(scalar.Place, "skip_rows", scalar.Text, "0", "10 000"));
            return 0;
        }

        return (int)count;
    }
}
