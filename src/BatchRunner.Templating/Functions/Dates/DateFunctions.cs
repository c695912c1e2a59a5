using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>date</c>: moments in UTC. None of these functions knows what time it is.</summary>
static class DateFunctions
{
    /// <summary>What two characters of a pattern can become, per character.</summary>
    const long LongestPart = 20;

    public const string DefaultFormat = "%d %b %Y";

    public static Builtin[] All { get; } =
    [
        new("add_days", "date days", a => Add(a, TimeSpan.TicksPerDay)),
        new("add_hours", "date hours", a => Add(a, TimeSpan.TicksPerHour)),
        new("add_milliseconds", "date millis", a => Add(a, TimeSpan.TicksPerMillisecond)),
        new("add_minutes", "date minutes", a => Add(a, TimeSpan.TicksPerMinute)),
        new("add_months", "date months", a => AddMonths(a, 1)),
        new("add_seconds", "date seconds", a => Add(a, TimeSpan.TicksPerSecond)),
        new("add_years", "date years", a => AddMonths(a, 12)),
        new("parse", "text pattern? culture?", a => Parse(a, 0, 1, 2)),
        new("parse_to_string", "text output_pattern? output_culture? input_pattern? input_culture?", ParseToString),
        new("to_string", "date pattern? culture?", ToString),
    ];

    public static IReadOnlyList<string> Parts { get; } =
        ["year", "month", "day", "day_of_year", "hour", "minute", "second", "millisecond"];

    public static Value? PartOf(DateTime date, string name) => name switch
    {
        "year" => Value.Of((long)date.Year),
        "month" => Value.Of((long)date.Month),
        "day" => Value.Of((long)date.Day),
        "day_of_year" => Value.Of((long)date.DayOfYear),
        "hour" => Value.Of((long)date.Hour),
        "minute" => Value.Of((long)date.Minute),
        "second" => Value.Of((long)date.Second),
        "millisecond" => Value.Of((long)date.Millisecond),
        _ => null,
    };

    public static string Print(Run run, DateTime date, Node at) => Format(run, date, run.DateFormat ?? DefaultFormat, at);

    static string Format(Run run, DateTime date, string pattern, Node at)
    {
        run.ChargeText(pattern.Length * LongestPart, at);
        run.Charge(pattern.Length * 4L, at);
        return DateFormat.Print(date, pattern.Trim() == "%g" ? run.DateFormat ?? DefaultFormat : pattern);
    }

    static DateTime Date(Arguments a, int index) =>
        a[index].Kind == Kind.Date ? a[index].Date : throw RenderProblems.NotADate(a.At(index), a[index]);

    static Value Add(Arguments a, long ticks)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var moved = Date(a, 0).Ticks + (AmountOf(a) * ticks);
        return moved is >= 0 and < 3.2e18 ? Times.Date((Int128)Date(a, 0).Ticks + (long)(AmountOf(a) * ticks), a.Node)
            : throw RenderProblems.DateOutOfRange(a.Node);
    }

    static double AmountOf(Arguments a) =>
        a[1].IsNumber ? Arithmetic.ToDouble(a[1]) : throw RenderProblems.NotANumber(a.At(1), a[1]);

    static Value AddMonths(Arguments a, int months)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var date = Date(a, 0);
        var count = Math.Clamp(a.Integer(1), -200_000, 200_000) * months;
        var month = (date.Year * 12L) + date.Month - 1 + count;
        return month is >= 12 and < 120_000 ? Value.Of(date.AddMonths((int)count)) : throw RenderProblems.DateOutOfRange(a.Node);
    }

    static Value Parse(Arguments a, int text, int pattern, int culture)
    {
        Formats.CheckCulture(a, culture);
        if (a[text].IsNull || a[text].Kind == Kind.Date)
        {
            return a[text];
        }

        var written = a.Text(text).Trim();
        if (written.Length == 0)
        {
            return Value.Null;
        }

        a.Run.Charge(100, a.Node);
        var isDate = a[pattern].IsNull
            ? DateReader.TryRead(written, out var date)
            : DateReader.TryRead(written, a.Text(pattern), out date);
        return isDate ? Value.Of(date) : throw RenderProblems.BadText(a.At(text), written,
            a[pattern].IsNull ? "a date that can be read without a pattern, such as `2026-11-20`" : $"a date like `{a.Text(pattern)}`");
    }

    static Value ParseToString(Arguments a)
    {
        Formats.CheckCulture(a, 2);
        var date = Parse(a, 0, 3, 4);
        return date.IsNull ? Value.Null : a.Made(Format(a.Run, date.Date, a.TextOr(1, DefaultFormat), a.Node));
    }

    static Value ToString(Arguments a)
    {
        Formats.CheckCulture(a, 2);
        return a[0].IsNull ? Value.Null : a.Made(Format(a.Run, Date(a, 0), a.TextOr(1, "%g"), a.Node));
    }
}
