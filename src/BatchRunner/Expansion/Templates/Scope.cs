using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Templates;

/// <summary>The names templates may read. What is read by a written name is checked before anything runs, also under `??`.</summary>
sealed class Scope(IReadOnlyDictionary<string, RowSet> axes, MapNode constants)
{
    /// <summary>Axes whose rows could not be read: what they hold is not known, and nothing is said of it.</summary>
    public IReadOnlySet<string> Unread { get; init; } = new HashSet<string>();

    const string Template = "template";

    static readonly string[] Elsewhere = [Template, "take", "prompt", "id"];

    /// <summary>There are arms, and so there is a `template`.</summary>
    public bool HasArms { get; init; }

    /// <summary>Tells every name that isn't known; true if all are.</summary>
    public bool Check(TemplateText text, ReadOnlySpan<string> names, DiagnosticBag problems)
    {
        var isRight = true;
        foreach (var read in text.Template.Reads)
        {
            if (Problem(text, read, names) is { } problem)
            {
                problems.Add(problem);
                isRight = false;
            }
        }

        return isRight;
    }

    Diagnostic? Problem(TemplateText text, TemplateRead read, ReadOnlySpan<string> names) =>
        (HasArms && read.Name == Template) || names.Contains(read.Name) || Unread.Contains(read.Name) ? null
        : axes.TryGetValue(read.Name, out var rows) ? Column(text, read, rows)
        : constants[read.Name] is { } constant ? Constant(text, read, constant.Value)
        : Elsewhere.Contains(read.Name) ? TemplateProblems.OutOfScope(text, read)
        : TemplateProblems.UnknownName(text, read, Known(names), Owner(read.Name));

    static Diagnostic? Column(TemplateText text, TemplateRead read, RowSet rows)
    {
        if (read.Members.Count == 0)
        {
            return null;
        }

        var column = read.Members[0];
        if (rows.IsPlainValues)
        {
            return column == "id" ? null : TemplateProblems.MemberOfValue(text, read);
        }

        if (rows.Columns.IndexOf(column) >= 0)
        {
            return null;
        }

        return rows.Columns.Sharing(column) is { Count: > 1 } sharing
            ? TemplateProblems.SharedName(text, read, sharing)
            : TemplateProblems.UnknownColumn(text, read, rows);
    }

    static Diagnostic? Constant(TemplateText text, TemplateRead read, Node node)
    {
        for (var i = 0; i < read.Members.Count; i++)
        {
            // Only a map's keys are known; a text or list has members of the language, such as `size`.
            if (node is not MapNode map)
            {
                return null;
            }

            if (map[read.Members[i]] is not { } entry)
            {
                return read.Members[i] == "size" ? null : TemplateProblems.UnknownKey(text, read, i, map);
            }

            node = entry.Value;
        }

        return null;
    }

    IEnumerable<string> Known(ReadOnlySpan<string> names) =>
        [.. axes.Keys, .. constants.Entries.Select(entry => entry.Key), .. HasArms ? [Template] : Array.Empty<string>(), .. names];

    // A column written without its axis is the likeliest slip.
    string? Owner(string column)
    {
        var owners = axes.Values.Where(rows => !rows.IsPlainValues && rows.Columns.IndexOf(column) >= 0).Take(2).ToList();
        return owners.Count == 1 ? owners[0].Name : null;
    }
}
