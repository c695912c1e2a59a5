using System.Text;
using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Journaling.Records;

/// <summary>
/// Reads the events that every job has straight from the bytes that <see cref="EventJson"/> writes for them, which is most
/// of a journal. Whatever is written in any other way is left to the JSON reader, which gives the same for these.
/// </summary>
ref struct PlainEvents
{
    ReadOnlySpan<byte> rest;

    PlainEvents(ReadOnlySpan<byte> members) => rest = members;

    /// <summary>The event whose record's members these are, with the closing brace; null: the JSON reader has to look.</summary>
    public static JournalRecord.Happened? Read(ReadOnlySpan<byte> members)
    {
        var plain = new PlainEvents(members);
        return plain.Takes("\"at\":\""u8) && plain.Moment(out var at)
            && plain.Takes("\",\"t\":\""u8) && plain.Text(out var type)
            && plain.Takes(",\"j\":"u8) && plain.Integer(out var job)
            && plain.Takes(",\"f\":"u8) && plain.Integer(out var fence)
            && plain.Event(type, at, fence) is { } happened && plain.rest.SequenceEqual("}"u8)
                ? new JournalRecord.Happened(job, happened)
                : null;
    }

    JobEvent? Event(ReadOnlySpan<byte> type, DateTimeOffset at, int fence) =>
        type.SequenceEqual("seen"u8) ? Seen(at, fence)
        : type.SequenceEqual("intent"u8) ? Intended(at, fence)
        : type.SequenceEqual("submitted"u8) ? Submitted(at, fence)
        : type.SequenceEqual("succeeded"u8) ? Succeeded(at, fence)
        : type.SequenceEqual("saved"u8) ? Saved(at, fence)
        : null;

    JobEvent.Intended? Intended(DateTimeOffset at, int fence)
    {
        if (!Takes(",\"credits\":"u8) || !Number(out var credits))
        {
            return null;
        }

        if (!Takes(",\"catalogue\":\""u8))
        {
            return new JobEvent.Intended(at, fence, credits);
        }

        return Day(out var day) && Takes("\""u8)
            ? new JobEvent.Intended(at, fence, credits, day)
            : null;
    }

    JobEvent.Submitted? Submitted(DateTimeOffset at, int fence) =>
        Takes(",\"task\":\""u8) && Text(out var task) && Maybe(",\"credits\":"u8, out var estimate)
            ? new JobEvent.Submitted(at, fence, new TaskId(Encoding.UTF8.GetString(task)), estimate)
            : null;

    JobEvent.Seen? Seen(DateTimeOffset at, int fence) =>
        Takes(",\"status\":\""u8) && Text(out var status) && Maybe(",\"credits\":"u8, out var estimate)
            ? new JobEvent.Seen(at, fence, EventJson.StatusOf(Encoding.UTF8.GetString(status)), estimate)
            : null;

    JobEvent.Succeeded? Succeeded(DateTimeOffset at, int fence) =>
        Maybe(",\"cost\":"u8, out var cost) && Maybe(",\"ran\":"u8, out var ran)
            ? new JobEvent.Succeeded(at, fence, cost) { Ran = EventJson.RanOf(ran) }
            : null;

    JobEvent.Saved? Saved(DateTimeOffset at, int fence) =>
        Takes(",\"files\":[[\""u8) && Text(out var path) && Takes(","u8) && Integer(out var bytes)
        && Takes(",\""u8) && Text(out var sha256) && Takes("]]"u8)
        && Encoding.UTF8.GetString(path) is var name && RunFolder.Holds(name)
            ? new JobEvent.Saved(at, fence, [new JobFile(name, bytes, Encoding.UTF8.GetString(sha256))])
            : null;

    bool Takes(ReadOnlySpan<byte> literal)
    {
        var isNext = rest.StartsWith(literal);
        rest = isNext ? rest[literal.Length..] : rest;
        return isNext;
    }

    // To the closing quote, which is taken too; nothing that is escaped, or would have to be.
    bool Text(out ReadOnlySpan<byte> text)
    {
        var length = rest.IndexOf((byte)'"');
        text = length < 0 ? [] : rest[..length];
        rest = length < 0 ? rest : rest[(length + 1)..];
        return length >= 0 && !text.Contains((byte)'\\') && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    bool Maybe(ReadOnlySpan<byte> name, out decimal? number)
    {
        number = null;
        if (!Takes(name))
        {
            return true;
        }

        var isNumber = Number(out var found);
        number = found;
        return isNumber;
    }

    bool Number(out decimal number)
    {
        var isNumber = Integer(out var whole);
        number = whole;
        if (!isNumber || !Takes("."u8))
        {
            return isNumber;
        }

        var length = Digits(9, out var part);
        number += new decimal(part, 0, 0, isNegative: false, (byte)length);
        return length > 0;
    }

    // What is longer, and may not fit, is not expected by what is read next.
    bool Integer(out int number)
    {
        var isZero = rest is [(byte)'0', ..];
        var length = Digits(9, out number);
        return length > 0 && (!isZero || length == 1);
    }

    bool Moment(out DateTimeOffset at)
    {
        var (hour, minute, second, part) = (0, 0, 0, 0);
        var isMoment = Day(out var day)
            && Takes("T"u8) && Digits(2, out hour) == 2 && Takes(":"u8) && Digits(2, out minute) == 2
            && Takes(":"u8) && Digits(2, out second) == 2 && Takes("."u8) && Digits(3, out part) == 3 && Takes("Z"u8)
            && hour < 24 && minute < 60 && second < 60;
        at = isMoment ? new DateTimeOffset(day, new TimeOnly(hour, minute, second, part), TimeSpan.Zero) : default;
        return isMoment;
    }

    bool Day(out DateOnly day)
    {
        var (month, date) = (0, 0);
        var isDay = Digits(4, out var year) == 4 && Takes("-"u8) && Digits(2, out month) == 2
            && Takes("-"u8) && Digits(2, out date) == 2
            && year > 0 && month is > 0 and <= 12 && date > 0 && date <= DateTime.DaysInMonth(year, month);
        day = isDay ? new DateOnly(year, month, date) : default;
        return isDay;
    }

    // How many there are, up to some.
    int Digits(int most, out int number)
    {
        number = 0;
        var length = 0;
        while (length < most && length < rest.Length && char.IsAsciiDigit((char)rest[length]))
        {
            number = (number * 10) + rest[length++] - '0';
        }

        rest = rest[length..];
        return length;
    }
}
