using BatchRunner.Expansion;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>
/// The first few jobs of each template, made before the rest is paid for. Which they are does not depend on what was done
/// already, so that a run that is repeated makes no further ones.
/// </summary>
sealed class Canary
{
    readonly HashSet<JobKey> tried;
    readonly HashSet<JobKey> rest;

    Canary(Plan all, HashSet<JobKey> tried, HashSet<JobKey> rest) => (All, this.tried, this.rest) = (all, tried, rest);

    /// <summary>Everything that was asked for.</summary>
    public Plan All { get; }

    /// <summary>Of a plan with the same selection, the canaries alone.</summary>
    public Plan First(Plan plan) => plan.Select(job => tried.Contains(job.Spec.Key));

    /// <summary>Of a plan with the same selection, all but the canaries.</summary>
    public Plan Later(Plan plan) => plan.Select(job => !tried.Contains(job.Spec.Key));

    /// <summary>The canaries of a plan; null if none are wanted, or nothing would be left for afterwards.</summary>
    /// <param name="perTemplate">How many of each template; null: none.</param>
    /// <param name="plan">With its selection.</param>
    public static Canary? Of(int? perTemplate, Plan plan)
    {
        if (perTemplate is not { } most)
        {
            return null;
        }

        var tried = plan.Jobs
            .Where(job => job.IsSelected && job.Action is not (PlanAction.Screened or PlanAction.Shared))
            .GroupBy(job => job.Spec.Template)
            .SelectMany(arm => arm.Take(most))
            .Select(job => job.Spec.Key)
            .ToHashSet();
        var rest = plan.Jobs.Where(job => job.WillSubmit && !tried.Contains(job.Spec.Key)).Select(job => job.Spec.Key).ToHashSet();
        return rest.Count == 0 ? null : new Canary(plan, tried, rest);
    }

    /// <summary>Whether a job is one of them.</summary>
    public bool Holds(JobKey key) => tried.Contains(key);

    /// <summary>
    /// All that was asked for, as it stands now. What was to be submitted once more still is, but not a canary: it had its
    /// turn. A status that jobs were chosen by may have changed meanwhile; the choice has not.
    /// </summary>
    /// <param name="now">The whole plan, made again.</param>
    /// <param name="mayRepeat">Another attempt was asked for.</param>
    public Plan Rest(Plan now, bool mayRepeat)
    {
        var chosen = All.Jobs.Where(job => job.IsSelected).Select(job => job.Spec.Id).ToHashSet(StringComparer.Ordinal);
        return now.Select(job => chosen.Contains(job.Spec.Id)).Retry(job => mayRepeat && rest.Contains(job.Spec.Key));
    }
}
