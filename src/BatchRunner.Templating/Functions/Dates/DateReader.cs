using System.Globalization;

namespace BatchRunner.Templating.Functions;

/// <summary>Text as dates. Only forms that say their year are read: what is left out would be filled from the clock.</summary>
static class DateReader
{
    const DateTimeStyles style = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal
        | DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.NoCurrentDateDefault;

    static readonly string[] days =
    [
        "yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyyMMdd", "M/d/yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy",
        "MMM d yyyy", "MMMM d yyyy", "ddd, d MMM yyyy", "dddd, d MMMM yyyy", "ddd d MMM yyyy", "d-MMM-yyyy",
    ];

    static readonly string[] times = ["", "H:m", "H:m:s", "H:m:s.FFFFFFF", "h:m tt", "h:m:s tt"];

    static readonly string[] zones = ["", "Z", " Z", "zzz", " zzz", " 'GMT'", " 'UTC'"];

    static readonly string[] forms =
    [
        .. days,
        .. from day in days
           from separator in new[] { " ", "'T'" }
           from time in times.Skip(1)
           from zone in zones
           select day + separator + time + zone,
    ];

    public static bool TryRead(string text, out DateTime date)
    {
        date = default;
        return text.Length <= 100 && DateTime.TryParseExact(text, forms, CultureInfo.InvariantCulture, style, out date);
    }

    /// <summary>Reads by a pattern such as <c>%d %b %Y</c>.</summary>
    public static bool TryRead(string text, string pattern, out DateTime date)
    {
        date = default;
        var scan = new DateScan(text);
        return text.Length <= 200 && pattern.Length <= 200 && scan.Read(pattern, 0) && scan.IsAtEnd && scan.TryFinish(out date);
    }
}

/// <summary>One reading of a date by a pattern.</summary>
sealed class DateScan(string text)
{
    int position;
    int? year;
    int month = 1;
    int day = 1;
    int? dayOfYear;
    int hour;
    int minute;
    int second;
    long ticks;
    bool? isAfternoon;
    long? unixSeconds;
    TimeSpan offset;

    public bool IsAtEnd => position == text.Length;

    public bool Read(string pattern, int depth)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                if (!Literal(pattern[i]))
                {
                    return false;
                }

                continue;
            }

            i++;
            if (DateFormat.Expand(pattern[i]) is { } longer ? depth > 3 || !Read(longer, depth + 1) : !Part(pattern[i]))
            {
                return false;
            }
        }

        return true;
    }

    public bool TryFinish(out DateTime date)
    {
        date = default;
        if (unixSeconds is { } seconds)
        {
            date = DateTime.UnixEpoch.AddSeconds(seconds);
            return true;
        }

        if (year is not { } y || month is < 1 or > 12 || y is < 1 or > 9999 || day < 1 || day > DateTime.DaysInMonth(y, month)
            || hour > 23 || minute > 59 || second > 59 || dayOfYear > (DateTime.IsLeapYear(y) ? 366 : 365))
        {
            return false;
        }

        var hours = isAfternoon is { } afternoon ? (hour % 12) + (afternoon ? 12 : 0) : hour;
        var start = dayOfYear is { } nth ? new DateTime(y, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(nth - 1)
            : new DateTime(y, month, day, 0, 0, 0, DateTimeKind.Utc);
        var total = start.Ticks + new TimeSpan(hours, minute, second).Ticks + ticks - offset.Ticks;
        if (total < 0 || total > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        date = new(total, DateTimeKind.Utc);
        return true;
    }

    bool Literal(char expected)
    {
        if (char.IsWhiteSpace(expected))
        {
            SkipBlanks();
            return true;
        }

        return position < text.Length && text[position++] == expected;
    }

    void SkipBlanks()
    {
        while (position < text.Length && char.IsWhiteSpace(text[position]))
        {
            position++;
        }
    }

    bool Part(char letter) => letter switch
    {
        'Y' => Number(4, out var n) && Set(ref year, n),
        'y' => Number(2, out var n) && Set(ref year, n < 50 ? 2000 + n : 1900 + n),
        'm' => Number(2, out month),
        'd' or 'e' => Number(2, out day),
        'j' => Number(3, out var n) && n > 0 && Set(ref dayOfYear, n),
        'H' or 'k' or 'I' or 'l' => Number(2, out hour),
        'M' => Number(2, out minute),
        'S' => Number(2, out second),
        'L' => Fraction(3),
        'N' => Fraction(9),
        'b' or 'B' => Name(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames, out month) && ++month > 0,
        'a' or 'A' => Name(CultureInfo.InvariantCulture.DateTimeFormat.DayNames, out _),
        'p' or 'P' => Name(["AM", "PM"], out var half) && Set(ref isAfternoon, half == 1),
        's' => Number(10, out var n) && Set(ref unixSeconds, n),
        'Z' => Zone(),
        'n' or 't' => Literal(' '),
        'g' => true,
        '%' => Literal('%'),
        _ => false,
    };

    static bool Set<T>(ref T? place, T value)
        where T : struct
    {
        place = value;
        return true;
    }

    bool Number(int most, out int number)
    {
        number = 0;
        SkipBlanks();
        var start = position;
        long total = 0;
        while (position < text.Length && position - start < most && char.IsAsciiDigit(text[position]))
        {
            total = (total * 10) + text[position++] - '0';
        }

        number = (int)Math.Min(total, int.MaxValue);
        return position > start;
    }

    bool Fraction(int most)
    {
        var start = position;
        if (!Number(most, out var number))
        {
            return false;
        }

        ticks = (long)(number * Math.Pow(10, 7 - (position - start)));
        return true;
    }

    bool Name(string[] names, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            var name = names[index];
            foreach (var length in (int[])[name.Length, Math.Min(3, name.Length)])
            {
                if (length > 0 && string.Compare(text, position, name, 0, length, StringComparison.OrdinalIgnoreCase) == 0)
                {
                    position += length;
                    return true;
                }
            }
        }

        return false;
    }

    bool Zone()
    {
        if (position < text.Length && text[position] is 'Z' or 'z')
        {
            position++;
            return true;
        }

        if (position + 5 > text.Length || text[position] is not ('+' or '-'))
        {
            return false;
        }

        var isMinus = text[position++] == '-';
        if (!Number(2, out var hours))
        {
            return false;
        }

        if (position < text.Length && text[position] == ':')
        {
            position++;
        }

        if (!Number(2, out var minutes) || hours > 14 || minutes > 59)
        {
            return false;
        }

        offset = new TimeSpan(hours, minutes, 0) * (isMinus ? -1 : 1);
        return true;
    }
}
