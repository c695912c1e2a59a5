using System.Collections;

namespace BatchRunner.Diagnostics;

/// <summary>Collects every mistake of a stage, so that all are told at once. Safe to add to from several threads.</summary>
sealed class DiagnosticBag : IReadOnlyCollection<Diagnostic>
{
    readonly Lock gate = new();
    readonly List<Diagnostic> items = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return items.Count;
            }
        }
    }

    public bool HasErrors
    {
        get
        {
            lock (gate)
            {
                return items.Exists(d => d.Severity == Severity.Error);
            }
        }
    }

    public void Add(Diagnostic diagnostic)
    {
        lock (gate)
        {
            items.Add(diagnostic);
        }
    }

    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }

    /// <summary>By file in order of first mention, then by place; those without a place first. Exact repetitions go.</summary>
    public IReadOnlyList<Diagnostic> InOrder()
    {
        lock (gate)
        {
            var files = items.Where(d => d.Place is not null).Select(d => d.Place?.File.Path).Distinct().ToList();
            return
            [
                .. items.Distinct()
                    .OrderBy(d => d.Place is { } place ? files.IndexOf(place.File.Path) : -1)
                    .ThenBy(d => d.Place?.Line ?? 0)
                    .ThenBy(d => d.Place?.Column ?? 0),
            ];
        }
    }

    public IEnumerator<Diagnostic> GetEnumerator() => InOrder().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
