using System.Globalization;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>timespan</c>: lengths of time.</summary>
static class TimeSpanFunctions
{
    public static Builtin[] All { get; } =
    [
        new("from_days", "days", a => From(a, TimeSpan.TicksPerDay)),
        new("from_hours", "hours", a => From(a, TimeSpan.TicksPerHour)),
        new("from_milliseconds", "millis", a => From(a, TimeSpan.TicksPerMillisecond)),
        new("from_minutes", "minutes", a => From(a, TimeSpan.TicksPerMinute)),
        new("from_seconds", "seconds", a => From(a, TimeSpan.TicksPerSecond)),
        new("parse", "text", Parse),
    ];

    public static IReadOnlyList<string> Parts { get; } =
    [
        "days", "hours", "minutes", "seconds", "milliseconds",
        "total_days", "total_hours", "total_minutes", "total_seconds", "total_milliseconds",
    ];

    public static Value? PartOf(TimeSpan span, string name) => name switch
    {
        "days" => Value.Of((long)span.Days),
        "hours" => Value.Of((long)span.Hours),
        "minutes" => Value.Of((long)span.Minutes),
        "seconds" => Value.Of((long)span.Seconds),
        "milliseconds" => Value.Of((long)span.Milliseconds),
        "total_days" => Value.Of(span.TotalDays),
        "total_hours" => Value.Of(span.TotalHours),
        "total_minutes" => Value.Of(span.TotalMinutes),
        "total_seconds" => Value.Of(span.TotalSeconds),
        "total_milliseconds" => Value.Of(span.TotalMilliseconds),
        _ => null,
    };

    static Value From(Arguments a, long ticks)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var amount = a[0].IsNumber ? Arithmetic.ToDouble(a[0]) * ticks : throw RenderProblems.NotANumber(a.At(0), a[0]);
        return Math.Abs(amount) < 9.2e18 ? Value.Of(new TimeSpan((long)amount)) : throw RenderProblems.DateOutOfRange(a.Node);
    }

    static Value Parse(Arguments a)
    {
        if (a[0].IsNull || a[0].Kind == Kind.Span)
        {
            return a[0];
        }

        var text = a.Text(0);
        return text.Length < 100 && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            ? Value.Of(span)
            : throw RenderProblems.BadText(a.At(0), text, "a time span, such as `1:30:00`");
    }
}
