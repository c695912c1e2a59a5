using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Moderation;
using BatchRunner.Planning;
using BatchRunner.Results;
using BatchRunner.Runway;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>
/// Has the prompts of a run judged by a moderation endpoint before anything is asked or paid. A flagged prompt stops its
/// jobs, a prompt that can't be judged stops the run. Which endpoint is for the user to say, never for a manifest.
/// </summary>
sealed class PromptCheck : IDisposable
{
    const string UrlVariable = "BATCHRUNNER_MODERATION_URL";

    /// <summary>Where its key is read from.</summary>
    public const string KeyVariable = "BATCHRUNNER_MODERATION_KEY";

    readonly ModerationEndpoint endpoint;
    readonly VerdictCache cache = new();
    readonly Moderator moderator;
    readonly Surroundings outside;
    readonly HashSet<JobKey> told = [];
    readonly HashSet<string> askedAgain = new(StringComparer.Ordinal);
    bool isRead;

    PromptCheck(ModerationEndpoint endpoint, Surroundings outside)
    {
        (this.endpoint, this.outside) = (endpoint, outside);
        moderator = new Moderator(endpoint, cache);
    }

    /// <summary>What it is called, safe to print.</summary>
    public string Host => SafeText.Line(endpoint.Address.Host);

    /// <summary>The endpoint that was named, or null: none was, or what is wrong with it is told.</summary>
    public static PromptCheck? From(Surroundings outside, string? url, DiagnosticBag problems)
    {
        if (AddressOf(outside, url, problems) is not { } address)
        {
            return null;
        }

        Secret? key = null;
        if (outside.Variable(KeyVariable) is { } text && !Secret.TryRead(text, out key, out var problem))
        {
            problems.Add(GateProblems.BadModerationKey(KeyVariable, problem));
            return null;
        }

        return new PromptCheck(new ModerationEndpoint(address, key, outside.Time), outside);
    }

    /// <summary>The address that was named; null if none was, or what is wrong with it.</summary>
    public static Uri? AddressOf(Surroundings outside, string? url, DiagnosticBag problems)
    {
        var (from, named) = url is not null ? ("`--moderation-url`", url) : ($"`{UrlVariable}`", outside.Variable(UrlVariable));
        if (named is null)
        {
            return null;
        }

        if (ApiAddress.TryRead(named, "moderation URL", "https://api.openai.com/v1/moderations", out var address, out var problem))
        {
            return address;
        }

        problems.Add(GateProblems.BadModerationUrl(from, problem));
        return null;
    }

    /// <summary>The plan without a create for what is flagged; or null, after saying why, and the exit code for it.</summary>
    public async Task<(Plan? Plan, int Exit)> Screen(Plan plan, RunPlace place, Voice voice)
    {
        ReadCache(place);
        var open = plan.Jobs.Where(job => MayBeSent(job) && (job.Spec.Prompt is { } prompt) && IsOpen(job, prompt)).ToList();
        if (open.Count > 0)
        {
            var prompts = open.Select(job => job.Spec.Prompt ?? "").Distinct(StringComparer.Ordinal).ToList();
            voice.Say($"asking {Host} about {Figures.Count(prompts.Count, "prompt")}");
            var trouble = await moderator.Judge(prompts, outside.Interrupts.Drain);
            askedAgain.UnionWith(prompts);
            if (plan.Journal.Header is not null)
            {
                Keep(place, voice);
            }

            switch (trouble)
            {
                case null:
                    break;
                case ModerationAnswer.KeyRefused refused:
                    return (null, voice.Refuse(GateProblems.ModerationKeyRefused(Host, KeyVariable, refused.Message)));
                case ModerationAnswer.Refused refused:
                    return (null, voice.Refuse(GateProblems.ModerationRefused(Host, refused.Message)));
                case ModerationAnswer.Trouble passing:
                    return (null, voice.Refuse(GateProblems.ModerationSilent(Host, passing.Reason), ExitCode.Unfinished));
                default:
                    throw new InvalidOperationException($"no such answer: {trouble}");
            }
        }

        Tell(plan, voice);
        return (plan.Stop(job => MayBeSent(job) ? Rule(job) : null), ExitCode.Done);
    }

    /// <summary>Writes down what was judged. A cache that can't be written only costs asking again.</summary>
    public void Keep(RunPlace place, Voice voice)
    {
        if (!cache.IsFresh)
        {
            return;
        }

        try
        {
            WholeFile.Replace(place.Folder.Verdicts, cache.Text());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Say($"what {Host} said can't be kept: {Disk.Describe(error)}");
        }
    }

    public void Dispose() => endpoint.Dispose();

    // A task that is picked up may fail and be submitted again in the same run.
    static bool MayBeSent(PlannedJob job) =>
        job.WillSubmit || job is { IsSelected: true, Action: PlanAction.PickedUp, StoppedBy: null };

    // Whoever asks for a job that was flagged wants to hear the endpoint again, once.
    bool IsOpen(PlannedJob job, string prompt) => moderator.Find(prompt) is null
        || (job.State.Phase == JobPhase.Screened && job.State.IsModerated && !askedAgain.Contains(prompt));

    string? Rule(PlannedJob job) => Flag(job) is not { } verdict ? null
        : $"`{Host}` flags its prompt" + (verdict.Categories.Count > 0 ? $" for {string.Join(", ", verdict.Categories)}" : "");

    Verdict? Flag(PlannedJob job) =>
        job.Spec.Prompt is { } prompt && moderator.Find(prompt) is { IsFlagged: true } verdict ? verdict : null;

    void Tell(Plan plan, Voice voice) => voice.Write(
    [
        .. from job in plan.Jobs
           where job.WillSubmit && Flag(job) is not null && told.Add(job.Spec.Key)
           select GateProblems.Flagged(SafeText.Line(job.Spec.Id), Host, Flag(job)?.Categories ?? [], job.Spec.Place),
    ]);

    void ReadCache(RunPlace place)
    {
        try
        {
            var file = new FileInfo(place.Folder.Verdicts);
            if (!isRead && file is { Exists: true, LinkTarget: null, Length: <= VerdictCache.MaxBytes })
            {
                cache.Read(File.ReadLines(file.FullName));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Everything is asked again then.
        }

        isRead = true;
    }
}
