using BatchRunner.Manifests;
using BatchRunner.Scheduling;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner;

/// <summary>Where and how a batch is run. Not a record: a key must not be printed with it.</summary>
public sealed class BatchSettings
{
    /// <summary>The run's folder, which is the memory of what was paid; null: `out/` and the manifest's name, beside it.</summary>
    public string? Folder { get; init; }

    /// <summary>The folder that everything the manifest reads must lie below; null: the manifest's own.</summary>
    public string? Root { get; init; }

    /// <summary>The API key. Sent to <see cref="Address"/> and nowhere else; never written anywhere.</summary>
    public string? Key { get; init; }

    /// <summary>The API, with https unless it is on this machine.</summary>
    public string Address { get; init; } = Runway.ApiAddress.Default.AbsoluteUri;

    /// <summary>Credits that spent and reserved may come to over the folder's lifetime; the manifest's cap holds too. Null: no other cap.</summary>
    public decimal? MaxCredits { get; init; }

    /// <summary>Where a task's id goes that the journal can't take: best on another disk than <see cref="Folder"/>.</summary>
    public string EmergencyFolder { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "batchrunner");

    /// <summary>What is done, for operators. No line holds the key or a signed URL.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    internal static string Version { get; } = typeof(BatchSettings).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal IRunView View { get; init; } = new Unwatched();

    internal Func<double> Dice { get; init; } = () =>
        System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    internal RunOptions Bounds(Limits limits)
    {
        var bounds = RunOptions.From(limits);
        return MaxCredits is { } mine && !(bounds.MaxCredits < mine) ? bounds with { MaxCredits = mine } : bounds;
    }

    /// <summary>Nobody watches.</summary>
    sealed class Unwatched : IRunView
    {
        public void Started(RunSummary summary)
        {
        }

        public void Job(Expansion.JobSpec job, JobNews news, RunSummary summary)
        {
        }

        public void Note(string message)
        {
        }

        public void Finished(RunSummary summary)
        {
        }
    }
}
