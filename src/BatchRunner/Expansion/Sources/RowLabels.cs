using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Expansion.Requests;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>What the rows of an axis are called: by an `id` template, the `id` column, or the first column's slug. Each name once.</summary>
sealed class RowLabels(
    Variable variable, RawRows raw, TemplateColumns columns, Func<int, string?>? template, DiagnosticBag problems)
{
    const int Told = 5;

    readonly HashIndex first = new(raw.Rows.Count);

    // What a template gives is kept; what stands in a cell is read again.
    readonly string[] rendered = template is null ? [] : new string[raw.Rows.Count];
    int repeated;
    int blank;
    int shortened;
    IReadOnlyList<string>? naming;

    /// <summary>The label of each row; null if a problem was told.</summary>
    public Func<int, string>? All()
    {
        var before = problems.Count;
        for (var i = 0; i < raw.Rows.Count; i++)
        {
            if (Label(i) is not { } label)
            {
                // The template's own mistake was told; the same one in every row needs no more words.
                break;
            }

            if (template is not null)
            {
                rendered[i] = label;
            }
            else if (raw.Sheet is not null && Spreadsheet.IsShortened(raw.Rows[i].Texts[Column] ?? "") && shortened++ < Told)
            {
                problems.Add(RowProblems.ShortenedLabel(variable.Name, raw.Rows[i].Texts[Column] ?? "", PlaceOf(i)));
                continue;
            }

            if (label.Length == 0)
            {
                TellBlank(i);
            }
            else if (!first.TryAdd(Slug.Comparer.GetHashCode(label), i, other => Slug.Comparer.Equals(LabelAt(other), label), out var one))
            {
                TellRepeated(i, label, one);
            }
        }

        if (repeated + blank > 2 * Told)
        {
            problems.Add(RowProblems.MoreLabels(variable.Name, variable.NamePlace, repeated, blank));
        }

        return problems.Count == before ? LabelAt : null;
    }

    string LabelAt(int row) => template is null ? Label(row) ?? "" : rendered[row];

    int Column => columns.IndexOf("id") is var id and >= 0 ? id : 0;

    string? Label(int row)
    {
        if (template is not null)
        {
            return template(row) is { } name ? Slug.Cleaned(name) : null;
        }

        var text = SignedUrl.Shown(raw.Rows[row].Texts[Column] ?? "");
        return columns.IndexOf("id") >= 0 && !raw.IsPlainValues ? Slug.Cleaned(text) : Slug.Of(text);
    }

    void TellBlank(int i)
    {
        if (blank++ < Told)
        {
            var column = raw.IsPlainValues || template is not null ? null : raw.Columns[Column];
            problems.Add(RowProblems.BlankLabel(variable, PlaceOf(i), column, Naming()));
        }
    }

    void TellRepeated(int i, string label, int one)
    {
        if (repeated++ < Told)
        {
            problems.Add(RowProblems.RepeatedLabel(
                variable, label, PlaceOf(i), PlaceOf(one), Naming(),
                template is null && columns.IndexOf("id") >= 0));
        }
    }

    SourcePlace PlaceOf(int row) =>
        raw.Sheet is { } sheet && template is null
            ? sheet.CellOf(raw.Rows[row].Start, raw.Rows[row].Place.Line, Column)
            : raw.Rows[row].Place;

    /// <summary>The columns that would tell the rows apart: one, or two together; empty if none do.</summary>
    IReadOnlyList<string> Naming() => naming ??= FindNaming();

    IReadOnlyList<string> FindNaming()
    {
        if (raw.IsPlainValues)
        {
            return [];
        }

        var all = Enumerable.Range(0, raw.Columns.Count).ToList();
        foreach (var one in all.Where(column => TellsApart([column])))
        {
            return [raw.Columns[one]];
        }

        var pair = all.SelectMany(a => all.Where(b => b > a).Select(b => new[] { a, b })).Take(100).FirstOrDefault(TellsApart);
        return pair is null ? [] : [.. pair.Select(column => raw.Columns[column])];
    }

    bool TellsApart(int[] by)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return raw.Rows.All(row =>
            by.All(column => row.Texts[column] is { Length: <= 60 } text && Slug.Of(text).Length > 0)
            && seen.Add(Slug.Folded(Slug.Cleaned(string.Join('-', by.Select(column => row.Texts[column]))))));
    }
}
