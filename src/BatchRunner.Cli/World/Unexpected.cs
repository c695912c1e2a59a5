using BatchRunner.Cli.Logs;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.World;

/// <summary>What the user is told about a mistake of ours: that it is one, never a type or a stack.</summary>
static class Unexpected
{
    /// <summary>Where there is no log.</summary>
    /// <param name="error">The mistake; what it says may hold what it was made with.</param>
    /// <param name="outside">Where our keys are: none of them is told.</param>
    public static string Line(Exception error, Surroundings outside) =>
        $"batchrunner: BR0999: a mistake in batchrunner itself: {SafeText.Line(Programs.Keys.Aggregate(error.Message, (text, key) => new Redaction(outside.Variable(key)).Of(text)))}";

    /// <summary>Where there is one.</summary>
    public static string Line(string log) =>
        $"batchrunner: BR0999: a mistake in batchrunner itself; the state is saved, and {log} has what happened";
}
