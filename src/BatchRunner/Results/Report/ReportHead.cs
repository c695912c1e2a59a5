using BatchRunner.Jobs;
using BatchRunner.Results.Reviewing;

namespace BatchRunner.Results.Report;

/// <summary>What the report says above the clips.</summary>
sealed record ReportHead
{
    /// <summary>The run's name.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What it was made against: `simulator`, or a host.</summary>
    public required string Against { get; init; }

    /// <summary>The run folder's own id: under it a page opened from disk keeps verdicts until they are exported.</summary>
    public required string FolderId { get; init; }

    /// <summary>Proves to `review` that a verdict comes from the page it served; null in a file.</summary>
    public string? Token { get; init; }

    /// <summary>Who judges, as `review` was told; null in a file.</summary>
    public string? By { get; init; }

    /// <summary>What was said of the takes so far.</summary>
    public Review Review { get; init; } = Review.Empty;

    /// <summary>Where the picture of a file lies that is shown until it plays, below the run's folder; null: there is none.</summary>
    public Func<JobFile, string?> PosterOf { get; init; } = _ => null;
}
