using System.Globalization;
using System.Net.Http.Headers;

namespace BatchRunner.Runway.Wire;

/// <summary>How long a server asks us to wait: seconds or a date, bounded.</summary>
static class RetryAfter
{
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The wish, from 0 to <see cref="Longest"/>, or null if there is none that can be read.</summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values) || values.Count == 0)
        {
            return null;
        }

        var text = values.First().Trim();
        if (text.Length > 0 && text.All(char.IsAsciiDigit))
        {
            // More digits than a number holds is still "long".
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                && seconds < Longest.TotalSeconds
                    ? TimeSpan.FromSeconds(seconds)
                    : Longest;
        }

        return DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var date)
                ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, Longest.Ticks))
                : null;
    }
}
