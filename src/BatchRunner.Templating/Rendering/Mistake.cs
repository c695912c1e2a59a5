namespace BatchRunner.Templating.Rendering;

/// <summary>Ends a render at the user's mistake; it never leaves the door, which turns it into a problem.</summary>
sealed class Mistake(int start, int end, string message, string? hint) : Exception(message)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public string? Hint { get; } = hint;
}
