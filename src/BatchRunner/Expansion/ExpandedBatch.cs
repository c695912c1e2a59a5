using BatchRunner.Catalogue;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>Every job of a manifest, in plan order, and what was left out on the way.</summary>
sealed record ExpandedBatch
{
    public required Manifest Manifest { get; init; }

    public required IReadOnlyList<JobSpec> Jobs { get; init; }

    /// <summary>How many of them are takes beyond the manifest's `takes`, which the user asked for by `--retake`.</summary>
    public int RetakeCount { get; init; }

    /// <summary>The axes in order, without `template`.</summary>
    public required IReadOnlyList<Axis> Axes { get; init; }

    public required LeftOut LeftOut { get; init; }

    /// <summary>What its requests were checked and priced by.</summary>
    public ModelCatalogue Catalogue { get; init; } = ModelCatalogue.BuiltIn;
}

/// <summary>An axis with its columns, for results.csv.</summary>
sealed record Axis(string Name, IReadOnlyList<string> Columns)
{
    /// <summary>How many rows the manifest's axis has; null where only jobs are known.</summary>
    public int? Rows { get; init; }
}

/// <summary>Combinations that became no job.</summary>
sealed record LeftOut(long Where, long Exclude, long Zip, long Takes);
