using System.Text;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>string</c>: functions that make another text. Null stays null, so that <c>??</c> still sees a blank cell.</summary>
static class StringFunctions
{
    public static Builtin[] All { get; } =
    [
        new("append", "text with", a => Texts.Join(a.Run, a[0], a[1], a.Node)),
        new("base64_decode", "text", a => a[0].IsNull ? Value.Null : Decode(a)),
        new("base64_encode", "text", a => Map(a, s => Convert.ToBase64String(Encoding.UTF8.GetBytes(s)))),
        new("capitalize", "text", a => Map(a, s => s.Length == 0 ? s : char.ToUpperInvariant(s[0]) + s[1..])),
        new("capitalizewords", "text", a => Map(a, CapitalizeWords)),
        new("downcase", "text", a => Map(a, s => s.ToLowerInvariant())),
        new("escape", "text", a => Map(a, Escapes.Escape)),
        new("handleize", "text", a => Map(a, Handleize)),
        new("literal", "text", a => a[0].IsNull ? Value.Null : a.Made("\"" + Escapes.Escape(a.Text(0)) + "\"")),
        new("lstrip", "text", a => Map(a, s => s.TrimStart())),
        new("pad_left", "text width", a => Pad(a, isLeft: true)),
        new("pad_right", "text width", a => Pad(a, isLeft: false)),
        new("pluralize", "number singular plural", a => Numbers.IsOne(a[0]) ? a[1] : a[2]),
        new("prepend", "text by", a => Texts.Join(a.Run, a[1], a[0], a.Node)),
        new("remove", "text remove", a => a[0].IsNull ? Value.Null : Replace(a, a.Text(1), "")),
        new("remove_first", "text remove", a => ReplaceOne(a, a.Text(1), "", fromEnd: false)),
        new("remove_last", "text remove", a => ReplaceOne(a, a.Text(1), "", fromEnd: true)),
        new("replace", "text match replace", a => a[0].IsNull ? Value.Null : Replace(a, a.Text(1), a.Text(2))),
        new("replace_first", "text match replace from_end?", a => ReplaceOne(a, a.Text(1), a.Text(2), a[3].IsTruthy)),
        new("rstrip", "text", a => Map(a, s => s.TrimEnd())),
        new("slice", "text start length?", a => Slice(a, a.IntegerOr(2, 0))),
        new("slice1", "text start length?", a => Slice(a, a.IntegerOr(2, 1))),
        new("split", "text match", Split),
        new("strip", "text", a => Map(a, s => s.Trim())),
        new("strip_newlines", "text", a => Map(a, StripNewLines)),
        new("truncate", "text length ellipsis?", Truncate),
        new("truncatewords", "text count ellipsis?", TruncateWords),
        new("upcase", "text", a => Map(a, s => s.ToUpperInvariant())),
    ];

    static Value Map(Arguments a, Func<string, string> change)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        a.Run.ChargeText(text.Length, a.Node);
        return a.Made(change(text));
    }

    static Value Decode(Arguments a)
    {
        var text = a.Text(0);
        a.Run.ChargeText(text.Length, a.Node);
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, bytes, out var count)
            ? a.Made(Encoding.UTF8.GetString(bytes, 0, count))
            : throw RenderProblems.BadText(a.At(0), text, "base64");
    }

    static string CapitalizeWords(string text)
    {
        var result = text.ToCharArray();
        for (var i = 0; i < result.Length; i++)
        {
            if (i == 0 || char.IsWhiteSpace(result[i - 1]))
            {
                result[i] = char.ToUpperInvariant(result[i]);
            }
        }

        return new string(result);
    }

    static string StripNewLines(string text) =>
        text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);

    static string Handleize(string text)
    {
        var handle = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
            {
                handle.Append(char.ToLowerInvariant(c));
            }
            else if (handle.Length > 0 && handle[^1] != '-')
            {
                handle.Append('-');
            }
        }

        return handle.ToString().TrimEnd('-');
    }

    static Value Pad(Arguments a, bool isLeft)
    {
        var text = a.Text(0);
        var width = Math.Max(0, a.Integer(1));
        a.Run.ChargeText(Math.Max(width, text.Length), a.At(1));
        return Value.Of(isLeft ? text.PadLeft((int)width) : text.PadRight((int)width));
    }

    static Value Replace(Arguments a, string match, string replacement)
    {
        var text = a.Text(0);
        a.Run.ChargeText(text.Length, a.Node);
        if (match.Length == 0)
        {
            return Value.Of(text);
        }

        var count = (long)text.AsSpan().Count(match);
        a.Run.ChargeText(text.Length + (count * (replacement.Length - (long)match.Length)), a.Node);
        return Value.Of(text.Replace(match, replacement, StringComparison.Ordinal));
    }

    static Value ReplaceOne(Arguments a, string match, string replacement, bool fromEnd)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        a.Run.ChargeText(text.Length + (long)replacement.Length, a.Node);
        var index = match.Length == 0 ? -1
            : fromEnd ? text.LastIndexOf(match, StringComparison.Ordinal) : text.IndexOf(match, StringComparison.Ordinal);
        return Value.Of(index < 0 ? text : string.Concat(text.AsSpan(0, index), replacement, text.AsSpan(index + match.Length)));
    }

    static Value Slice(Arguments a, long length)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        var start = a.Integer(1);
        start = start < 0 ? start + text.Length : start;

        // A start before the text eats up the length, as far as it lies before it.
        var end = Math.Min(start + Math.Min(length <= 0 ? text.Length : length, int.MaxValue), text.Length);
        start = Math.Max(0, start);
        return start >= end ? Value.EmptyText : a.Made(text[(int)start..(int)end]);
    }

    static Value Split(Arguments a)
    {
        var list = new ListValue();
        if (a[0].IsNull)
        {
            return Value.Of(list);
        }

        var text = a.Text(0);
        var match = a.Text(1);
        a.Run.ChargeText(text.Length, a.Node);
        foreach (var part in text.AsSpan().Split(match))
        {
            var (start, length) = part.GetOffsetAndLength(text.Length);
            if (length > 0)
            {
                a.Run.AddTo(list, a.Made(text.Substring(start, length)), a.Node);
            }
        }

        return Value.Of(list);
    }

    static Value Truncate(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        var length = Math.Max(0, a.Integer(1));
        if (text.Length <= length)
        {
            return Value.Of(text);
        }

        var ellipsis = a.TextOr(2, "...");
        return a.Made(string.Concat(Whole(text, (int)Math.Max(0, length - ellipsis.Length)), ellipsis));
    }

    /// <summary>The first characters, without the half of a pair at the end.</summary>
    static ReadOnlySpan<char> Whole(string text, int length) =>
        text.AsSpan(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);

    static Value TruncateWords(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        a.Run.ChargeText(text.Length, a.Node);
        var count = Math.Max(0, a.Integer(1));
        var words = text.Split((char[]?)null, (int)Math.Min(count, 100_000) + 1, StringSplitOptions.RemoveEmptyEntries);
        return words.Length <= count
            ? Value.Of(string.Join(' ', words))
            : a.Made(string.Join(' ', words.Take((int)count)) + a.TextOr(2, "..."));
    }
}
