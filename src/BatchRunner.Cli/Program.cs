using BatchRunner.Cli;
using BatchRunner.Cli.World;

using var interrupts = Interrupts.OfProcess();
var outside = Surroundings.OfProcess(interrupts);
try
{
    return await CommandLine.Run(args, outside);
}
catch (Exception error) when (error is not OutOfMemoryException)
{
    // A mistake of ours: one line for the user, the rest is in the log.
    await outside.Error.WriteLineAsync(Unexpected.Line(error, outside));
    return ExitCode.Unexpected;
}
