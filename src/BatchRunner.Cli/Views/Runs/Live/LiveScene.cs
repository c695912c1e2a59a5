using BatchRunner.Scheduling;

namespace BatchRunner.Cli.Views.Runs.Live;

/// <summary>All that the live view shows at one moment.</summary>
/// <param name="Name">The run's.</param>
/// <param name="Summary">Counts and money.</param>
/// <param name="Elapsed">Real time since the run began.</param>
/// <param name="Left">Real time still to wait, or null if nobody can tell.</param>
/// <param name="Events">The last ones, the oldest first.</param>
sealed record LiveScene(string Name, RunSummary Summary, TimeSpan Elapsed, TimeSpan? Left, IReadOnlyList<LiveEvent> Events);

/// <summary>Something that happened to a job.</summary>
/// <param name="At">Real time since the run began.</param>
/// <param name="Job">Its name.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Text">In a few words.</param>
sealed record LiveEvent(TimeSpan At, string Job, JobNewsKind Kind, string Text);
