using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Matrices;
using BatchRunner.Expansion.Requests;
using BatchRunner.Expansion.Screens;
using BatchRunner.Expansion.Shelving;
using BatchRunner.Expansion.Sources;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>A manifest becomes concrete jobs: rows are read, combined and rendered. Reads inputs, opens no connection.</summary>
sealed class Expander
{
    readonly Manifest manifest;
    readonly ModelCatalogue catalogue;
    readonly IReadOnlyDictionary<JobKey, int> retakes;
    readonly DiagnosticBag problems = [];
    readonly CancellationToken cancel;
    readonly Tally tally;
    readonly Dictionary<string, RowSet> rowSets = new(StringComparer.Ordinal);
    readonly HashSet<string> unread = new(StringComparer.Ordinal);

    Expander(Manifest manifest, ModelCatalogue catalogue, IReadOnlyDictionary<JobKey, int> retakes, CancellationToken cancel)
    {
        this.retakes = retakes;
        this.manifest = manifest;
        this.catalogue = catalogue;
        this.cancel = cancel;
        tally = new Tally(problems);
    }

    /// <summary>Every job in plan order; null if anything is wrong, all of which is told.</summary>
    /// <param name="manifest">The manifest.</param>
    /// <param name="catalogue">What requests are checked and priced by.</param>
    /// <param name="problems">Takes everything that is wrong.</param>
    /// <param name="cancel">Stops it.</param>
    /// <param name="retakes">By the key of a take, the highest take the user asked for, whatever `takes` says; null: none.</param>
    public static ExpandedBatch? Expand(
        Manifest manifest, ModelCatalogue catalogue, DiagnosticBag problems, CancellationToken cancel,
        IReadOnlyDictionary<JobKey, int>? retakes = null)
    {
        var expander = new Expander(manifest, catalogue, retakes ?? new Dictionary<JobKey, int>(), cancel);
        var batch = expander.Expand();
        expander.tally.Tell();
        problems.AddRange(expander.problems);
        return problems.HasErrors ? null : batch;
    }

    ExpandedBatch? Expand()
    {
        ReadRows();
        var told = Errors;
        var templates = new TemplateSet(new Scope(rowSets, manifest.Constants) { Unread = unread, HasArms = manifest.Arms.Count > 0 }, problems);
        var layers = new RequestLayers(manifest, templates, problems);
        var where = Parse(templates, layers);
        var axes = Axes();
        var screen = new JobScreen(new PromptScreen(manifest.Screening, problems), tally);
        if (unread.Count > 0)
        {
            return null;
        }

        // Without the rows that don't fit their header what speaks of rows can't be judged; the rest of the manifest can.
        var ofRows = told > 0 ? new DiagnosticBag() : problems;
        var dimensions = Dimension.Of(axes, manifest.Matrix, ofRows);
        var exclusions = new Exclusions(manifest.Matrix, axes, ofRows);
        if (Errors > told || dimensions is null)
        {
            return null;
        }

        var renderer = new Renderer(rowSets, tally, cancel);
        renderer.SetConstants(manifest.Constants);
        var combinations = new Combinations(axes, dimensions, where, exclusions, manifest.Limits.MaxJobs, renderer, tally, cancel);
        combinations.Find();
        if (!IsWithinLimits(combinations))
        {
            return null;
        }

        var (takesLeftOut, retakeCount) = (0L, 0);
        var jobs = Jobs(axes, combinations, templates, layers, renderer, screen, ref takesLeftOut, ref retakeCount);
        var leftOut = new LeftOut(
            combinations.DroppedByWhere, combinations.DroppedByExclude, combinations.DroppedByZip, takesLeftOut);
        if (jobs.Count == 0 && !tally.HasErrors && !problems.HasErrors)
        {
            problems.Add(MatrixProblems.NothingLeft(leftOut, WherePlace));
        }

        return new ExpandedBatch
        {
            Manifest = manifest,
            Jobs = jobs,
            Axes = [.. manifest.Variables.Select(axis => new Axis(axis.Name, rowSets[axis.Name].OwnColumns) { Rows = rowSets[axis.Name].Rows.Count })],
            RetakeCount = retakeCount,
            LeftOut = leftOut,
            Catalogue = catalogue,
        };
    }

    SourcePlace WherePlace => manifest.Matrix.Where?.Place ?? manifest.Request.Place;

    int Errors => problems.Count(problem => problem.Severity == Severity.Error);

    void ReadRows()
    {
        var reader = new RowReader(manifest, problems, cancel);
        foreach (var variable in manifest.Variables)
        {
            if (reader.Read(variable) is { } rows)
            {
                rowSets[variable.Name] = rows;
            }
            else
            {
                unread.Add(variable.Name);
            }
        }
    }

    // Everything that can be wrong before a row is looked at is told together.
    TemplateText? Parse(TemplateSet templates, RequestLayers layers)
    {
        foreach (var arm in manifest.Arms)
        {
            templates.Text(arm.Text, "take");
        }

        foreach (var arm in manifest.Arms.DefaultIfEmpty(null))
        {
            layers.Of(arm, []);
        }

        foreach (var rows in rowSets.Values.Where(rows => rows.BringsRequests))
        {
            foreach (var row in rows.Rows.Where(row => row.Request is not null))
            {
                layers.Check(row.Request);
            }
        }

        if (manifest.Takes is { IsText: true } takes)
        {
            templates.Text(takes);
        }

        if (manifest.Id is { } id)
        {
            templates.Text(id, "take");
        }

        if (manifest.Output is { } output)
        {
            templates.Output(output);
        }

        if (manifest.Endpoint is { } endpoint)
        {
            templates.Text(endpoint, "take", "prompt");
        }

        return manifest.Matrix.Where is { } where ? templates.Expression(where) : null;
    }

    List<MatrixAxis> Axes()
    {
        var axes = new List<MatrixAxis>();
        if (manifest.Arms.Count > 0)
        {
            axes.Add(new ArmAxis(manifest.Arms));
        }

        axes.AddRange(manifest.Variables.Where(axis => rowSets.ContainsKey(axis.Name)).Select(axis => new RowAxis(rowSets[axis.Name])));
        return axes;
    }

    bool IsWithinLimits(Combinations combinations)
    {
        if (tally.HasErrors)
        {
            return false;
        }

        if (combinations.KeptCount > manifest.Limits.MaxJobs)
        {
            tally.Add(
                MatrixProblems.TooManyJobs(combinations.KeptCount, combinations.IsCutShort, manifest.Limits, WherePlace), null, null);
            return false;
        }

        if (combinations.IsCutShort)
        {
            tally.Add(MatrixProblems.TooManyCombinations(combinations.Looked, WherePlace), null, null);
            return false;
        }

        return true;
    }

    JobShelf Jobs(
        List<MatrixAxis> axes, Combinations combinations, TemplateSet templates, RequestLayers layers, Renderer renderer,
        JobScreen screen, ref long takesLeftOut, ref int retakeCount)
    {
        var requests = new RequestBuilder(
            manifest, catalogue, templates, renderer, new MediaInputs(manifest, cancel), tally);
        var builder = new JobBuilder(
            manifest, layers, requests, templates, renderer, new JobNames(manifest, templates, renderer, tally), tally)
        {
            ColumnsOf = axis => rowSets[axis].OwnColumns,
        };
        var sent = templates.All.Where(text => !ReferenceEquals(text.Node, manifest.Matrix.Where)).ToList();
        var watch = new CellWatch(manifest.Variables.Select(axis => rowSets[axis.Name]), sent, tally);
        CellWatch.Look(manifest.Constants, sent, tally);
        var plan = new PlannedNames(manifest, tally, combinations.Kept.Count, i => Bound(axes, combinations.Kept[i], renderer));
        var names = manifest.Variables.Select(axis => axis.Name).ToList();
        for (var i = 0; i < combinations.Kept.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var combination = Bound(axes, combinations.Kept[i], renderer);
            watch.Look(combination.Rows);
            if (builder.Takes() is not { } takes)
            {
                continue;
            }

            takesLeftOut += takes == 0 ? 1 : 0;
            if (plan.Jobs.Count + takes > manifest.Limits.MaxJobs)
            {
                tally.Add(MatrixProblems.TooManyJobs(plan.Jobs.Count + takes, true, manifest.Limits, WherePlace), null, null);
                break;
            }

            var made = Enumerable.Range(1, takes)
                .Select(take => builder.Job(combination, names, plan.Jobs.Count + take - 1, take))
                .OfType<JobSpec>()
                .ToList();
            var (index, most) = (plan.Jobs.Count, manifest.Limits.MaxJobs - plan.Jobs.Count);
            retakeCount += AddRetakes(made, takes, most, take => builder.Job(combination, names, index + take - 1, take));
            builder.WarnOfSeed(made, combination, names);
            foreach (var job in made)
            {
                plan.Add(screen.Screen(job), i);
            }
        }

        screen.Tell();
        return plan.Jobs;
    }

    // They are asked for by the key of any take there is, so a take that was made by asking may be asked for again.
    int AddRetakes(List<JobSpec> made, int takes, int most, Func<int, JobSpec?> job)
    {
        if (retakes.Count == 0 || made.Count == 0)
        {
            return 0;
        }

        var last = takes;
        while (last < JobBuilder.MostTakes && made.Exists(one => retakes.GetValueOrDefault(one.Key) > last))
        {
            if (++last > most)
            {
                tally.Add(MatrixProblems.TooManyJobs(manifest.Limits.MaxJobs + 1, true, manifest.Limits, WherePlace), null, null);
                break;
            }

            if (job(last) is { } further)
            {
                made.Add(further);
            }
        }

        return last - takes;
    }

    Combination Bound(List<MatrixAxis> axes, int[] positions, Renderer renderer)
    {
        Arm? arm = null;
        var rows = new List<SourceRow>(axes.Count);
        for (var i = 0; i < axes.Count; i++)
        {
            axes[i].Bind(renderer, positions[i]);
            if (axes[i] is RowAxis axis)
            {
                rows.Add(axis.Rows.Rows[positions[i]]);
            }
            else
            {
                arm = manifest.Arms[positions[i]];
            }
        }

        return new Combination(arm, rows);
    }
}
