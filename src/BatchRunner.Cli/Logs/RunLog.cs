using Serilog;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace BatchRunner.Cli.Logs;

/// <summary>
/// The operator's log of a run, beside its journal. A log that can't be written stops nothing: the journal is the truth.
/// </summary>
sealed class RunLog : IDisposable
{
    const long LargestFile = 64 * 1024 * 1024;

    readonly Serilog.Core.Logger logger;
    readonly SerilogLoggerFactory factory;
    readonly JsonLineFormatter formatter;

    RunLog(string path, JsonLineFormatter formatter)
    {
        this.formatter = formatter;
        logger = new LoggerConfiguration()
            .MinimumLevel.Is(LogEventLevel.Debug)
            .WriteTo.File(formatter, path, fileSizeLimitBytes: LargestFile, rollOnFileSizeLimit: true, retainedFileCountLimit: 3)
            .CreateLogger();
        factory = new SerilogLoggerFactory(logger);
    }

    /// <summary>Opens `log.jsonl` in a folder that is there.</summary>
    /// <param name="folder">Full path of `.batchrunner`.</param>
    /// <param name="key">The key that must never be in it, or null.</param>
    public static RunLog Open(string folder, string? key) =>
        new(Path.Combine(folder, "log.jsonl"), new JsonLineFormatter(new Redaction(key)));

    /// <summary>A logger for one part of the program.</summary>
    public Microsoft.Extensions.Logging.ILogger For(string part) => factory.CreateLogger(part);

    public void Dispose()
    {
        try
        {
            factory.Dispose();
            logger.Dispose();
            formatter.Dispose();
        }
        catch (IOException)
        {
            // A full disk shows itself when the last lines are written; a log stops nothing.
        }
    }
}
