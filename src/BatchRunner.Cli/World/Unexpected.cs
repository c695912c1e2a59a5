using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.World;

/// <summary>What the user is told about a mistake of ours: that it is one, never a type or a stack.</summary>
static class Unexpected
{
    /// <summary>Where there is no log.</summary>
    public static string Line(Exception error) =>
        $"batchrunner: BR0999: a mistake in batchrunner itself: {SafeText.Line(error.Message)}";

    /// <summary>Where there is one.</summary>
    public static string Line(string log) =>
        $"batchrunner: BR0999: a mistake in batchrunner itself; the state is saved, and {log} has what happened";
}
