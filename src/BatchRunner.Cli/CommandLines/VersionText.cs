using System.CommandLine;
using System.CommandLine.Invocation;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.CommandLines;

/// <summary>`--version`.</summary>
sealed class VersionText : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"batchrunner {Release.Version}");
        return ExitCode.Done;
    }
}
