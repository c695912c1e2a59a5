namespace BatchRunner.Simulator.Faults;

/// <summary>Something that goes wrong, once.</summary>
/// <param name="Verb">Such as `rst`.</param>
/// <param name="Argument">Such as the seconds of `429[2]`, or null.</param>
/// <param name="IsAfter">The request is carried out first: a create is charged.</param>
sealed record Fault(string Verb, string? Argument, bool IsAfter)
{
    /// <summary>As it is written in a plan, without its place.</summary>
    public override string ToString() =>
        Verb + (Argument is null ? "" : Verb is "429" or "503" ? $"[{Argument}]" : Verb == "revoke" ? $"@{Argument}" : $":{Argument}");
}

/// <summary>A fault, where it strikes and when.</summary>
/// <param name="Place">`post`, `get`, `delete`, `org`, `upload`, `storage`, `dl`, `task` or `account`.</param>
/// <param name="Fault">What.</param>
/// <param name="When">How often.</param>
sealed record FaultRule(string Place, Fault Fault, FaultTiming When);

/// <summary>How often a fault strikes: by rate, the first so many, one in the order, or where a word occurs.</summary>
/// <param name="Rate">From 0 to 1.</param>
/// <param name="First">The first so many requests of its place, or 0.</param>
/// <param name="Nth">One request of its place, counted from 1, or 0.</param>
/// <param name="Word">Requests that contain it, or null.</param>
/// <param name="Text">As it was written.</param>
sealed record FaultTiming(double Rate, int First, int Nth, string? Word, string Text);
