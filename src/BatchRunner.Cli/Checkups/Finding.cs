namespace BatchRunner.Cli.Checkups;

/// <summary>How well something is.</summary>
enum Health
{
    Ok,
    Warn,
    Fail,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="What">What it is, in a word.</param>
/// <param name="Health">How well it is.</param>
/// <param name="Text">What was found.</param>
/// <param name="Todo">What to do about it, or null.</param>
/// <param name="Exit">With <see cref="Health.Fail"/>, the exit code a run would end with for it.</param>
sealed record Finding(string What, Health Health, string Text, string? Todo = null, int Exit = ExitCode.Done);
