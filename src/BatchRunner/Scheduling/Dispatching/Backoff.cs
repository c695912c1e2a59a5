using System.Globalization;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>How long to wait after a number of troubles in a row.</summary>
static class Backoff
{
    /// <summary>A time to wait, as it is told.</summary>
    public static string Words(TimeSpan wait) => wait.TotalMinutes >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{wait.TotalMinutes:0.#} min")
        : string.Create(CultureInfo.InvariantCulture, $"{wait.TotalSeconds:0.#} s");

    static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    static readonly TimeSpan LongestWish = TimeSpan.FromMinutes(5);

    /// <summary>Doubling from <paramref name="first"/> to half a minute, with jitter; or the server's wish, up to five minutes.</summary>
    public static TimeSpan Of(int troubles, TimeSpan? wish, TimeSpan first, Func<double> dice)
    {
        if (wish is { } asked)
        {
            return asked < LongestWish ? asked : LongestWish;
        }

        var pause = first * Math.Pow(2, Math.Min(troubles, 10) - 1);
        return (pause < Longest ? pause : Longest) * (0.75 + dice() / 2);
    }
}
