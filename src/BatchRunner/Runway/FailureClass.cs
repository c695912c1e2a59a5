namespace BatchRunner.Runway;

/// <summary>How a task's failure is treated (runway-api.md section 4). Matched by prefix; the set of codes is open.</summary>
/// <param name="Name">Such as `safety-input`.</param>
/// <param name="MayRepeat">A new attempt may be made by itself, if the old one cost 0.</param>
/// <param name="Meaning">One sentence for people.</param>
/// <param name="NextStep">What to do.</param>
/// <param name="NeedsChange">The same request would be refused again: it has to become another one first.</param>
sealed record FailureClass(string Name, bool MayRepeat, string Meaning, string NextStep, bool NeedsChange = false);
