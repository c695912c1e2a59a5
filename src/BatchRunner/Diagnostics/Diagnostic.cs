namespace BatchRunner.Diagnostics;

/// <summary>Whether a mistake stops the command.</summary>
public enum Severity
{
    /// <summary>Nothing is sent while it stands.</summary>
    Error,

    /// <summary>Shown, and the command goes on.</summary>
    Warning,
}

/// <summary>One mistake of the user: a value with a code, a place and, if there is one, a way out.</summary>
/// <param name="Code">Stable and never reused: BR01xx manifests, 02xx expansion, 03xx planning and budget, 04xx scheduling,
/// 05xx Runway and its catalogue, 06xx downloads, 07xx results, 08xx journal, 09xx usage and environment.</param>
/// <param name="Severity">Error or warning.</param>
/// <param name="Message">Lower case, no full stop; the user's own words in backticks; found, then expected.</param>
/// <param name="Place">Where, or null if there is no place.</param>
/// <param name="Hint">An imperative that is true, or null.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, SourcePlace? Place = null, string? Hint = null)
{
    /// <summary>Other places that belong to it, such as the CSV line a value came from.</summary>
    public IReadOnlyList<SourcePlace> Related { get; init; } = [];
}
