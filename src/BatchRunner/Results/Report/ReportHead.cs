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

    public IReadOnlyList<Verdict> Review { get; init; } = [];
}

/// <summary>What a person said of a take.</summary>
/// <param name="Key">The job's key.</param>
/// <param name="Job">The job's name, for people.</param>
/// <param name="Decision">`approved`, `rejected`, or nothing.</param>
/// <param name="Note">In their words.</param>
/// <param name="By">Who.</param>
sealed record Verdict(string Key, string Job, string Decision, string Note, string By);
