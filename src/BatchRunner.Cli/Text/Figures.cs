using System.Globalization;

namespace BatchRunner.Cli.Text;

/// <summary>Numbers as people read them: credits, dollars, durations, counts with their noun.</summary>
static class Figures
{
    static readonly NumberFormatInfo Spaced = new() { NumberGroupSeparator = " ", NumberDecimalSeparator = "." };

    /// <summary>Such as `1 240` or `12.5`.</summary>
    public static string Number(decimal value) =>
        value.ToString(value == decimal.Truncate(value) ? "#,0" : "#,0.##", Spaced);

    /// <summary>Such as `1 240 credits`.</summary>
    public static string Credits(decimal value) => $"{Number(value)} {(value == 1 ? "credit" : "credits")}";

    /// <summary>Such as `$12.40`: a credit is a cent.</summary>
    public static string Dollars(decimal credits) => $"${(credits / 100).ToString("#,0.00", Spaced)}";

    /// <summary>Such as `1 240 credits ($12.40)`.</summary>
    public static string Price(decimal credits) => $"{Credits(credits)} ({Dollars(credits)})";

    /// <summary>Such as `1 job` or `12 jobs`.</summary>
    public static string Count(long count, string noun) =>
        $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Such as `7s`, `3m20s` or `1h05m`.</summary>
    public static string Time(TimeSpan time)
    {
        var seconds = (long)Math.Round(Math.Max(0, time.TotalSeconds));
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m{seconds % 60:00}s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h{seconds / 60 % 60:00}m"),
        };
    }
}
