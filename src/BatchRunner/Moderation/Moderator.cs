namespace BatchRunner.Moderation;

/// <summary>Has every prompt judged, each once: what was kept is not asked again, and a few are asked at a time.</summary>
/// <param name="endpoint">Who judges.</param>
/// <param name="cache">What was judged.</param>
sealed class Moderator(ModerationEndpoint endpoint, VerdictCache cache)
{
    const int AtOnce = 4;

    /// <summary>What is kept of a prompt, or null.</summary>
    public Verdict? Find(string prompt) => cache.Find(VerdictCache.HashOf(endpoint.Address, prompt));

    /// <summary>Asks about prompts, whatever is kept of them. Null if all are judged, else the first answer that was none.</summary>
    public async Task<ModerationAnswer?> Judge(IEnumerable<string> prompts, CancellationToken cancel)
    {
        ModerationAnswer? trouble = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await Parallel.ForEachAsync(
                prompts.Distinct(StringComparer.Ordinal),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop.Token },
                async (prompt, cancelled) =>
                {
                    var answer = await endpoint.Ask(prompt, cancelled);
                    if (answer is ModerationAnswer.Judged(var verdict))
                    {
                        cache.Keep(VerdictCache.HashOf(endpoint.Address, prompt), verdict);
                    }
                    else if (Interlocked.CompareExchange(ref trouble, answer, null) is null)
                    {
                        await stop.CancelAsync();
                    }
                });
        }
        catch (OperationCanceledException) when (trouble is not null && !cancel.IsCancellationRequested)
        {
            // Stopped by ourselves: one prompt that can't be judged is enough.
        }

        return trouble;
    }
}
