using System.Globalization;
using System.Numerics;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Requests;
using BatchRunner.Expansion.Sources;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Templates;

/// <summary>Renders templates for one combination after another, and points at the row when one goes wrong. For one thread.</summary>
sealed class Renderer(IReadOnlyDictionary<string, RowSet> axes, Tally tally, CancellationToken cancel)
{
    readonly TemplateModel model = new();
    readonly Dictionary<string, SourceRow> bound = new(StringComparer.Ordinal);

    public TemplateModel Model => model;

    /// <summary>Sets a global that is no axis.</summary>
    public void Set(string name, object? value) => model[name] = value;

    /// <summary>Sets a global for each constant.</summary>
    public void SetConstants(MapNode constants)
    {
        foreach (var constant in constants.Entries)
        {
            Set(constant.Key, NodeValues.Of(constant.Value, constant.Key));
        }
    }

    /// <summary>Puts a row under its axis' name.</summary>
    public void Bind(string axis, SourceRow row)
    {
        bound[axis] = row;
        model[axis] = row.Model;
    }

    /// <summary>
    /// A field's value: one whole expression keeps its type, anything else is trimmed text; null if it gives nothing.
    /// False if it went wrong, which was told.
    /// </summary>
    public bool TryValue(TemplateText text, out object? value)
    {
        var result = text.Template.IsExpression ? text.Template.Evaluate(model, cancel) : text.Template.Render(model, cancel);
        value = result.Value is string plain ? Blank(plain.Trim()) : result.Value;
        return Went(text, result);
    }

    /// <summary>A name's text, trimmed; null if it went wrong, which was told.</summary>
    public string? Text(TemplateText text) =>
        TryValue(text, out var value) ? Shown(value) : null;

    /// <summary>A prompt's text, trimmed; blank cells it prints are warned of. Null if it went wrong, which was told.</summary>
    public string? Prompt(TemplateText text)
    {
        var result = text.Template.Render(model, cancel);
        foreach (var blank in result.PrintedBlanks ?? [])
        {
            Warn(text, blank);
        }

        return Went(text, result) ? result.Text.Trim() : null;
    }

    /// <summary>The lines of the rows a template reads, for a mistake that shows with them.</summary>
    public IReadOnlyList<SourcePlace> RowsRead(TemplateText text)
    {
        var places = new List<SourcePlace>();
        foreach (var read in text.Template.Reads)
        {
            if (bound.TryGetValue(read.Name, out var row))
            {
                var column = read.Members.Count > 0 ? axes[read.Name].Columns.IndexOf(read.Members[0]) : -1;
                var place = column >= 0 ? axes[read.Name].PlaceOf(row, column) : row.Place;
                if (!places.Contains(place))
                {
                    places.Add(place);
                }
            }
        }

        return places;
    }

    /// <summary>Where a cell stands that a template gave as it is; null if the value is not a cell of a row it reads.</summary>
    public (SourcePlace Place, string Column)? CellRead(TemplateText text, object? value)
    {
        if (value is not Cell)
        {
            return null;
        }

        foreach (var read in text.Template.Reads)
        {
            if (bound.TryGetValue(read.Name, out var row))
            {
                for (var i = 0; i < row.Values.Count; i++)
                {
                    if (ReferenceEquals(row.Values[i], value))
                    {
                        return (axes[read.Name].PlaceOf(row, i), axes[read.Name].Columns.Names[i]);
                    }
                }
            }
        }

        return null;
    }

    /// <summary>The row a template reads that is most likely to tell one job from another: the first on a line of its own.</summary>
    public SourcePlace? RowPlace(TemplateText text)
    {
        foreach (var read in text.Template.Reads)
        {
            if (bound.TryGetValue(read.Name, out var row))
            {
                return row.Place;
            }
        }

        return null;
    }

    /// <summary>A value as people write it; a URL without its signature.</summary>
    public static string Shown(object? value) => value switch
    {
        null => "",
        string text => SignedUrl.Shown(text),
        Cell cell => SignedUrl.Shown(cell.Text),
        bool truth => truth ? "true" : "false",
        BigInteger number => number.ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        TemplateRow => "a whole row",
        TemplateMap => "a map",
        _ => "a list",
    };

    /// <summary>A text or a cell as text, or null for anything else.</summary>
    public static string? AsText(object? value) => value as string ?? (value as Cell)?.Text;

    static string? Blank(string text) => text.Length == 0 ? null : text;

    bool Went(TemplateText text, TemplateResult result)
    {
        if (result.Problem is not { } problem)
        {
            return true;
        }

        var told = TemplateProblems.InTemplate(text, problem with { Message = SignedUrl.Told(problem.Message) }) with
        {
            Related = RowsRead(text),
        };
        if (Spreadsheet.Hint(told.Related.Count == 0 ? [] : CellsRead(text)) is { } hint)
        {
            told = told with { Hint = hint };
        }

        tally.Add(told, told.Place, RowPlace(text), mostWordings: 3);
        return false;
    }

    IEnumerable<string> CellsRead(TemplateText text) =>
        from read in text.Template.Reads
        where read.Members.Count > 0 && bound.ContainsKey(read.Name)
        let column = axes[read.Name].Columns.IndexOf(read.Members[0])
        where column >= 0
        select bound[read.Name].Values[column] as Cell into cell
        where cell is not null
        select cell.Text;

    void Warn(TemplateText text, TemplateRead blank)
    {
        if (!bound.TryGetValue(blank.Name, out var row) || blank.Members.Count == 0)
        {
            return;
        }

        var rows = axes[blank.Name];
        var column = rows.Columns.IndexOf(blank.Members[0]);
        var place = column < 0 ? row.Place : rows.PlaceOf(row, column);
        var name = column < 0 ? blank.Members[0] : rows.Columns.Names[column];
        // Once a column and line, however many arms print it.
        var cause = place with { Line = 0, Column = Math.Max(column, 0), Length = 1 };
        tally.Add(TemplateProblems.PrintedBlank(text, blank, name, place), cause, row.Place);
    }
}
