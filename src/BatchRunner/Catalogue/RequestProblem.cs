using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue;

/// <summary>One mistake in a request.</summary>
/// <param name="Pointer">JSON pointer of the value, or of the object that lacks a field.</param>
/// <param name="Code">BR05xx.</param>
/// <param name="Severity">An error stops everything; a warning is shown.</param>
/// <param name="Message">Found, then expected, with numbers.</param>
/// <param name="Hint">Such as the nearest ratio this model offers.</param>
sealed record RequestProblem(string Pointer, string Code, Severity Severity, string Message, string? Hint)
{
    /// <summary>The field that is missing, if that is the mistake: the place is then where it could be written.</summary>
    public string? MissingField { get; init; }
}
