using System.Globalization;

namespace BatchRunner.Cli.Views.Jobs;

/// <summary>Points in time as they are printed.</summary>
static class Moments
{
    /// <summary>Such as `2026-11-20 09:00:00Z`.</summary>
    public static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The same for programs, to a millisecond.</summary>
    public static string? Iso(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
