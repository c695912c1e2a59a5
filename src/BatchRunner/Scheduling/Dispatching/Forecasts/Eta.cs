namespace BatchRunner.Scheduling.Dispatching.Forecasts;

/// <summary>
/// What is told of the time left: it runs down with the clock and is corrected little by little, so that nobody sees it
/// jump, although each estimate is made anew of whatever is known at that moment. Pure: the caller brings the clock.
/// </summary>
sealed class Eta
{
    // Within this share of the estimate the old word stands.
    const double Slack = 0.03;

    // A correction is taken over in about this share of the time left.
    const double Settling = 0.05;

    static readonly TimeSpan LeastSettling = TimeSpan.FromSeconds(5);

    DateTimeOffset? end;
    DateTimeOffset heardAt;

    /// <summary>Hears a new estimate and says what to tell; null while there is none.</summary>
    /// <param name="now">Never earlier than the last time.</param>
    /// <param name="estimate">Of the time left, or null.</param>
    public TimeSpan? Tell(DateTimeOffset now, TimeSpan? estimate)
    {
        if (estimate is not { } left)
        {
            end = null;
            return null;
        }

        if (end is not { } told)
        {
            end = told = now + left;
        }
        else if (now + left - told is var off && off.Duration() > left * Slack)
        {
            var settling = left * Settling is var share && share > LeastSettling ? share : LeastSettling;
            end = told += off * (1 - Math.Exp(-((now - heardAt) / settling)));
        }

        heardAt = now;
        // As long as something is left to do, the end is not in the past.
        return told - now is var rest && rest > left / 2 ? rest : left / 2;
    }
}
