using System.Globalization;
using System.Text;

namespace BatchRunner.Templating.Functions;

/// <summary>Dates as text by patterns such as <c>%Y-%m-%d</c>.</summary>
static class DateFormat
{
    static readonly CultureInfo invariant = CultureInfo.InvariantCulture;

    public static string Print(DateTime date, string pattern)
    {
        var text = new StringBuilder();
        Append(text, date, pattern);
        return text.ToString();
    }

    static void Append(StringBuilder text, DateTime date, string pattern)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            i++;
            if (Expand(pattern[i]) is { } longer)
            {
                Append(text, date, longer);
            }
            else
            {
                text.Append(Part(date, pattern[i]));
            }
        }
    }

    /// <summary>Letters that stand for several others.</summary>
    public static string? Expand(char letter) => letter switch
    {
        'c' => "%a %b %d %T %Y",
        'D' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'h' => "%b",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' or 'X' => "%H:%M:%S",
        'x' => "%m/%d/%Y",
        _ => null,
    };

    static string Part(DateTime date, char letter) => letter switch
    {
        'a' => date.ToString("ddd", invariant),
        'A' => date.ToString("dddd", invariant),
        'b' => date.ToString("MMM", invariant),
        'B' => date.ToString("MMMM", invariant),
        'C' => Digits(date.Year / 100, 2),
        'd' => Digits(date.Day, 2),
        'e' => Blank(date.Day),
        'g' => "",
        'H' => Digits(date.Hour, 2),
        'I' => Digits(TwelveHour(date), 2),
        'j' => Digits(date.DayOfYear, 3),
        'k' => Blank(date.Hour),
        'l' => Blank(TwelveHour(date)),
        'L' => Digits(date.Millisecond, 3),
        'm' => Digits(date.Month, 2),
        'M' => Digits(date.Minute, 2),
        'n' => "\n",
        'N' => Digits(date.Ticks % TimeSpan.TicksPerSecond * 100, 9),
        'p' => date.Hour < 12 ? "AM" : "PM",
        'P' => date.Hour < 12 ? "am" : "pm",
        's' => ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond).ToString(invariant),
        'S' => Digits(date.Second, 2),
        't' => "\t",
        'u' => Digits(date.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)date.DayOfWeek, 1),
        'U' => Digits(Week(date, DayOfWeek.Sunday), 2),
        'v' => Blank(date.Day) + "-" + date.ToString("MMM", invariant).ToUpperInvariant() + "-" + Digits(date.Year, 4),
        'V' => Digits(ISOWeek.GetWeekOfYear(date), 2),
        'w' => Digits((int)date.DayOfWeek, 1),
        'W' => Digits(Week(date, DayOfWeek.Monday), 2),
        'y' => Digits(date.Year % 100, 2),
        'Y' => Digits(date.Year, 4),
        'Z' => "+00:00",
        '%' => "%",
        _ => "%" + letter,
    };

    /// <summary>The week of the year, where the days before its first Sunday or Monday are week 1.</summary>
    static int Week(DateTime date, DayOfWeek first) => invariant.Calendar.GetWeekOfYear(date, CalendarWeekRule.FirstDay, first);

    static int TwelveHour(DateTime date) => date.Hour % 12 == 0 ? 12 : date.Hour % 12;

    static string Digits(long number, int count) => number.ToString("D" + count.ToString(invariant), invariant);

    static string Blank(int number) => number.ToString(invariant).PadLeft(2);
}
