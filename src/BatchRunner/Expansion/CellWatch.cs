using BatchRunner.Expansion.Sources;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion;

/// <summary>Looks at the data that templates read for what was meant otherwise: a spreadsheet's errors, braces that look like code.</summary>
sealed class CellWatch
{
    const string Braces = "{{";

    readonly Tally tally;
    readonly IReadOnlyList<(RowSet Rows, int[] Columns)> read;
    readonly bool[][] seen;

    /// <param name="rows">The axes in order.</param>
    /// <param name="templates">Those whose values are sent or name something.</param>
    /// <param name="tally">Takes what is found.</param>
    public CellWatch(IEnumerable<RowSet> rows, IReadOnlyList<TemplateText> templates, Tally tally)
    {
        this.tally = tally;
        read = [.. rows.Select(set => (set, Columns(set, templates)))];
        seen = [.. read.Select(axis => new bool[axis.Rows.Rows.Count])];
    }

    /// <summary>Looks at the rows of a combination that it has not looked at before.</summary>
    public void Look(IReadOnlyList<SourceRow> combination)
    {
        for (var axis = 0; axis < combination.Count; axis++)
        {
            var row = combination[axis];
            if (!seen[axis][row.Index])
            {
                seen[axis][row.Index] = true;
                foreach (var column in read[axis].Columns)
                {
                    Look(read[axis].Rows, row, column);
                }
            }
        }
    }

    /// <summary>Warns of constants that look like templates and are read.</summary>
    public static void Look(MapNode constants, IEnumerable<TemplateText> templates, Tally tally)
    {
        var names = templates.SelectMany(text => text.Template.Reads).Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var constant in constants.Entries.Where(entry => names.Contains(entry.Key)))
        {
            foreach (var text in Texts(constant.Value).Where(text => text.Text.Contains(Braces, StringComparison.Ordinal)))
            {
                tally.Add(TemplateProblems.BracesInData($"`{constant.Key}`", text.Place), text.Place, null);
            }
        }
    }

    void Look(RowSet rows, SourceRow row, int column)
    {
        if (Renderer.AsText(row.Values[column]) is not { } text)
        {
            return;
        }

        var name = rows.Columns.Names[column];
        if (row.Values[column] is Cell && Spreadsheet.IsError(text))
        {
            var place = rows.PlaceOf(row, column);
            tally.Add(TemplateProblems.SpreadsheetError(text, name, place), place with { Line = 0, Column = column, Length = 1 }, row.Place);
        }
        else if (text.Contains(Braces, StringComparison.Ordinal))
        {
            var place = rows.PlaceOf(row, column);
            tally.Add(TemplateProblems.BracesInData($"`{name}`", place), place with { Line = 0, Column = column, Length = 1 }, row.Place);
        }
    }

    // By name, or by a name that is computed: then it may be any.
    static int[] Columns(RowSet rows, IReadOnlyList<TemplateText> templates)
    {
        var own = rows.OwnColumns.Count;
        var columns = new SortedSet<int>();
        foreach (var one in templates.SelectMany(text => text.Template.Reads).Where(one => one.Name == rows.Name))
        {
            if (one.Members.Count == 0)
            {
                return [.. Enumerable.Range(0, own)];
            }

            if (rows.Columns.IndexOf(one.Members[0]) is var column and >= 0 && column < own)
            {
                columns.Add(column);
            }
        }

        return [.. columns];
    }

    static IEnumerable<ScalarNode> Texts(Node node) => node switch
    {
        ScalarNode scalar => [scalar],
        ListNode list => list.Items.SelectMany(Texts),
        MapNode map => map.Entries.SelectMany(entry => Texts(entry.Value)),
        _ => [],
    };
}
