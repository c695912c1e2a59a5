using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.World;

/// <summary>What the user is told about a mistake of ours: that it is one, never a type or a stack.</summary>
static class Unexpected
{
    public static string Line(Exception error) =>
        $"batchrunner: BR0999: a mistake in batchrunner itself: {SafeText.Line(error.Message)}";
}
