using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Expansion.Requests;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Sources;

/// <summary>What the rows of an axis are called: by an `id` template, the `id` column, or the first column's slug. Each name once.</summary>
sealed class RowLabels(
    Variable variable, RawRows raw, TemplateColumns columns, Func<int, string?>? template, DiagnosticBag problems)
{
    const int Told = 5;

    readonly Dictionary<string, int> first = new(raw.Rows.Count, Slug.Comparer);
    int repeated;
    int blank;
    int shortened;

    /// <summary>The labels by row; null if a problem was told.</summary>
    public IReadOnlyList<string>? All()
    {
        var before = problems.Count;
        var labels = new string[raw.Rows.Count];
        for (var i = 0; i < labels.Length; i++)
        {
            if (Label(i) is not { } label)
            {
                // The template's own mistake was told; the same one in every row needs no more words.
                break;
            }

            labels[i] = label;
            if (template is null && raw.Sheet is not null && Spreadsheet.IsShortened(raw.Rows[i].Texts[Column] ?? "") && shortened++ < Told)
            {
                problems.Add(RowProblems.ShortenedLabel(variable.Name, raw.Rows[i].Texts[Column] ?? "", PlaceOf(i)));
                continue;
            }

            if (label.Length == 0)
            {
                TellBlank(i);
            }
            else if (!first.TryAdd(label, i))
            {
                TellRepeated(i, label);
            }
        }

        if (repeated + blank > 2 * Told)
        {
            problems.Add(RowProblems.MoreLabels(variable.Name, variable.NamePlace, repeated, blank));
        }

        return problems.Count == before ? labels : null;
    }

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

    void TellRepeated(int i, string label)
    {
        if (repeated++ < Told)
        {
            problems.Add(RowProblems.RepeatedLabel(
                variable, label, PlaceOf(i), PlaceOf(first[label]), Naming(),
                template is null && columns.IndexOf("id") >= 0));
        }
    }

    SourcePlace PlaceOf(int row) =>
        raw.Sheet is { } sheet && template is null
            ? sheet.CellOf(raw.Rows[row].Start, raw.Rows[row].Place.Line, Column)
            : raw.Rows[row].Place;

    /// <summary>The columns that would tell the rows apart: one, or two together; empty if none do.</summary>
    IReadOnlyList<string> Naming()
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
