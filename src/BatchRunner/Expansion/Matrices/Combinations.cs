using BatchRunner.Expansion.Templates;

namespace BatchRunner.Expansion.Matrices;

/// <summary>Every combination that is kept, first axis slowest, and how many each rule dropped.</summary>
sealed class Combinations
{
    /// <summary>So many are looked at, at most. Joins look at none they can't keep.</summary>
    const long Most = 10_000_000;

    // Beyond the limit of jobs, counting on only makes the message exact.
    const long MostBeyondLimit = 1_000_000;

    const int MistakesTold = 1_000;

    readonly IReadOnlyList<MatrixAxis> axes;
    readonly IReadOnlyList<Dimension> dimensions;
    readonly TemplateText? where;
    readonly IReadOnlyList<Condition> conditions;
    readonly Exclusions exclusions;
    readonly Renderer renderer;
    readonly Tally tally;
    readonly CancellationToken cancel;
    readonly int mostKept;
    readonly KeptCombinations kept;
    readonly int[] combination;
    readonly Verdict[][] local;
    long looked;
    long passed;
    long excluded;
    int mistakes;

    public Combinations(
        IReadOnlyList<MatrixAxis> axes, IReadOnlyList<Dimension> dimensions, TemplateText? where, Exclusions exclusions,
        int mostKept, Renderer renderer, Tally tally, CancellationToken cancel)
    {
        this.axes = axes;
        this.dimensions = dimensions;
        this.where = where;
        this.exclusions = exclusions;
        this.mostKept = mostKept;
        this.renderer = renderer;
        this.tally = tally;
        this.cancel = cancel;
        conditions = where is null
            ? []
            : [.. where.Template.Conjuncts.Select(one => new Condition(one, axes, dimensions, renderer, cancel))];
        combination = new int[axes.Count];
        kept = new KeptCombinations(axes.Count);
        local = [.. dimensions.Select((dimension, d) => Asked(dimension, d))];
        Total = dimensions.Aggregate(1L, (product, dimension) => Saturated(product, dimension.Count));
    }

    /// <summary>Combinations of all axes, zipped ones as one.</summary>
    public long Total { get; }

    /// <summary>What was kept: for each axis the position of its value.</summary>
    public KeptCombinations Kept => kept;

    /// <summary>How many there are to keep, also those beyond the limit.</summary>
    public long KeptCount => passed - excluded;

    public long DroppedByWhere => Total - passed;

    public long DroppedByExclude => excluded;

    public long DroppedByZip =>
        axes.Aggregate(1L, (product, axis) => Saturated(product, axis.Labels.Count)) - Total;

    /// <summary>How many were looked at.</summary>
    public long Looked => looked;

    /// <summary>There were more to look at than are looked at.</summary>
    public bool IsCutShort { get; private set; }

    public void Find()
    {
        if (conditions.Count == 0 && !exclusions.Any && Total > mostKept)
        {
            passed = Total;
            return;
        }

        var constant = conditions.Where(condition => condition.At < 0).Select(condition => condition.Ask()).ToList();
        if (!constant.Contains(Verdict.No))
        {
            Walk(0, constant.Contains(Verdict.Undecided));
        }
    }

    static long Saturated(long product, long count) =>
        count != 0 && product > long.MaxValue / count ? long.MaxValue : product * count;

    // What conditions of one dimension say of each of its values, asked once.
    Verdict[] Asked(Dimension dimension, int d)
    {
        var own = conditions.Where(condition => condition.IsLocal && condition.At == d).ToList();
        var verdicts = new Verdict[dimension.Count];
        Array.Fill(verdicts, Verdict.Yes);
        for (var i = 0; i < dimension.Count && own.Count > 0; i++)
        {
            dimension.Bind(axes, renderer, i, combination);
            foreach (var condition in own)
            {
                verdicts[i] = And(verdicts[i], condition.Ask());
            }
        }

        return verdicts;
    }

    static Verdict And(Verdict a, Verdict b) =>
        a == Verdict.No || b == Verdict.No ? Verdict.No
        : a == Verdict.Undecided ? a
        : b;

    void Walk(int d, bool undecided)
    {
        if (d == dimensions.Count)
        {
            Keep(undecided);
            return;
        }

        var dimension = dimensions[d];
        var candidates = Candidates(d);
        var count = candidates?.Count ?? dimension.Count;
        for (var c = 0; c < count && !IsCutShort; c++)
        {
            var i = candidates is null ? c : candidates[c];
            if (++looked > (KeptCount > mostKept ? MostBeyondLimit : Most) || mistakes > MistakesTold)
            {
                IsCutShort = true;
                return;
            }

            if ((looked & 0xFFF) == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }

            var verdict = local[d][i];
            if (verdict != Verdict.No)
            {
                dimension.Bind(axes, renderer, i, combination);
                verdict = And(verdict, AskAt(d));
            }

            if (verdict != Verdict.No)
            {
                Walk(d + 1, undecided || verdict == Verdict.Undecided);
            }
        }
    }

    IReadOnlyList<int>? Candidates(int d)
    {
        if (conditions.FirstOrDefault(condition => condition.At == d && condition.Join is not null)?.Join is not { } join)
        {
            return null;
        }

        if (!join.IsBuilt)
        {
            join.Build(dimensions[d].Count, i => dimensions[d].Bind(axes, renderer, i, combination), renderer.Model, cancel);
        }

        return join.Candidates(renderer.Model, cancel);
    }

    Verdict AskAt(int d)
    {
        var verdict = Verdict.Yes;
        foreach (var condition in conditions)
        {
            if (condition.At == d && !condition.IsLocal)
            {
                verdict = And(verdict, condition.Ask());
                if (verdict == Verdict.No)
                {
                    break;
                }
            }
        }

        return verdict;
    }

    void Keep(bool undecided)
    {
        if (undecided && !Decide())
        {
            return;
        }

        passed++;
        if (exclusions.Drops(combination))
        {
            excluded++;
        }
        else if (kept.Count < mostKept)
        {
            kept.Add(combination);
        }
    }

    // In the order written, so that `a.n != null && a.n > 3` is as safe as it reads.
    bool Decide()
    {
        foreach (var condition in conditions)
        {
            var answer = condition.Answer();
            if (answer.Value is false && answer.Problem is null)
            {
                return false;
            }

            if (where is not null && (answer.Problem is not null || answer.Value is not true))
            {
                mistakes++;
                var problem = answer.Problem is { } wrong
                    ? TemplateProblems.InTemplate(where, wrong) with { Related = renderer.RowsRead(where) }
                    : MatrixProblems.NotTrueOrFalse(where, condition.Expression, answer.Value, renderer.RowsRead(where));
                tally.Add(problem, problem.Place, renderer.RowPlace(where), mostWordings: 1);
                return false;
            }
        }

        return true;
    }
}
