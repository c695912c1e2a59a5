using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Screens;

/// <summary>Screens jobs as they are made, and tells each row that holds a word once, however many jobs are made of it.</summary>
sealed class JobScreen(PromptScreen screen, Tally tally)
{
    readonly OrderedDictionary<(SourcePlace Word, SourcePlace? Row, bool IsDenied), (string Text, string First, int Jobs)> hits = [];

    /// <summary>The job, with the word that stops it if one does.</summary>
    public JobSpec Screen(JobSpec job)
    {
        if (job.Prompt is not { } prompt)
        {
            return job;
        }

        if (screen.Denied(prompt) is { } denied)
        {
            Note(denied, job, isDenied: true);
            return job with { ScreenedBy = denied.Text };
        }

        if (screen.Warned(prompt) is { } word)
        {
            Note(word, job, isDenied: false);
        }

        return job;
    }

    /// <summary>Hands over what was found.</summary>
    public void Tell()
    {
        foreach (var ((word, row, isDenied), (text, first, jobs)) in hits)
        {
            tally.Add(
                isDenied ? ScreenProblems.Denied(word, text, first, jobs, row) : ScreenProblems.Found(word, text, first, jobs, row),
                word, row, mostWordings: 3);
        }

        hits.Clear();
    }

    void Note(ScalarNode word, JobSpec job, bool isDenied)
    {
        var hit = (word.Place, job.Place, isDenied);
        hits[hit] = hits.TryGetValue(hit, out var known) ? known with { Jobs = known.Jobs + 1 } : (word.Text, job.Id, 1);
    }
}
