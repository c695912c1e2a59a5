using BatchRunner.Diagnostics;

namespace BatchRunner.Expansion;

/// <summary>Tells a mistake that many rows make once, with the number of the others.</summary>
sealed class Tally(DiagnosticBag problems)
{
    const int WordingsTold = 5;

    readonly Dictionary<(string Code, SourcePlace? Cause), Group> groups = [];
    readonly List<Group> inOrder = [];

    /// <summary>Whether an error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Mistakes added, repetitions too.</summary>
    public int Count { get; private set; }

    /// <param name="problem">The mistake as it would be told alone.</param>
    /// <param name="cause">What in the manifest makes it: mistakes of one cause are one.</param>
    /// <param name="row">The row it shows in, or null if it has to do with none.</param>
    /// <param name="mostWordings">How many of them are told, if rows differ in what they hold.</param>
    public void Add(Diagnostic problem, SourcePlace? cause, SourcePlace? row, int mostWordings = WordingsTold)
    {
        HasErrors |= problem.Severity == Severity.Error;
        Count++;
        if (!groups.TryGetValue((problem.Code, cause), out var group))
        {
            groups[(problem.Code, cause)] = group = new Group();
            inOrder.Add(group);
        }

        group.Add(problem, row, mostWordings);
    }

    /// <summary>Hands everything over.</summary>
    public void Tell()
    {
        foreach (var group in inOrder)
        {
            problems.AddRange(group.Told());
        }

        groups.Clear();
        inOrder.Clear();
    }

    /// <summary>Mistakes of one code and cause.</summary>
    sealed class Group
    {
        readonly List<(Diagnostic Problem, HashSet<SourcePlace> Rows)> told = [];

        public void Add(Diagnostic problem, SourcePlace? row, int mostWordings)
        {
            var index = told.FindIndex(one => one.Problem.Message == problem.Message);
            if (index < 0 && told.Count < mostWordings)
            {
                told.Add((problem, row is { } first ? [first] : []));
                return;
            }

            if (row is { } place && !told.Exists(one => one.Rows.Contains(place)))
            {
                told[index < 0 ? told.Count - 1 : index].Rows.Add(place);
            }
        }

        public IEnumerable<Diagnostic> Told() =>
            told.Select(one => one.Rows.Count < 2 ? one.Problem : one.Problem with
            {
                Message = $"{one.Problem.Message}, and {More(one.Rows.Count - 1)}",
            });

        static string More(int rows) => rows == 1 ? "1 more row" : $"{rows:N0} more rows";
    }
}
