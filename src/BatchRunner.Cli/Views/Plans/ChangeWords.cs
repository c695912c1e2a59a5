using System.Text.RegularExpressions;
using BatchRunner.Cli.Text;
using BatchRunner.Planning;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>What changed in a request, short enough for a line: of long texts only the part that differs.</summary>
static partial class ChangeWords
{
    const int Around = 12;
    const int Longest = 48;

    /// <summary>What a plan does with a job that it would pay for, and why: if one field changed, from what to what.</summary>
    public static string Why(PlannedJob job) => job.Changes is [var only] ? Brief(only) : job.Why;

    /// <summary>Such as `promptText: …a window on linen -> …a door on linen`.</summary>
    public static string Of(FieldChange change)
    {
        var (old, now) = (Text(change.Old), Text(change.New));
        if (change is { Old: not null, New: not null } && old.Length + now.Length > Longest)
        {
            var (start, end) = Shared(old, now, Around);
            (old, now) = (Part(old, start, end), Part(now, start, end));
        }

        return $"{SafeText.Line(change.Field)}: {old} -> {now}";
    }

    // Of long texts only the words that differ: it stands in a cell, and what is around them stands elsewhere.
    static string Brief(FieldChange change)
    {
        var (old, now) = (Text(change.Old), Text(change.New));
        if (change is not { Old: not null, New: not null } || old.Length + now.Length <= Longest)
        {
            return $"{SafeText.Line(change.Field)}: {old} -> {now}";
        }

        var (start, end) = Shared(old, now, 0);
        start = new[] { old, now }.Min(text => WordStart(text, start));
        end = new[] { old, now }.Min(text => WordEnd(text, end));
        return $"{SafeText.Line(change.Field)}: {Words(old[start..^end])} -> {Words(now[start..^end])}";
    }

    // Out of the middle of a word, if it is in one.
    static int WordStart(string text, int at)
    {
        while (at > 0 && at < text.Length && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at]))
        {
            at--;
        }

        return at;
    }

    // The same from behind.
    static int WordEnd(string text, int at)
    {
        while (at > 0 && at < text.Length && char.IsLetterOrDigit(text[^at]) && char.IsLetterOrDigit(text[^(at + 1)]))
        {
            at--;
        }

        return at;
    }

    static string Words(string part) =>
        part.Trim() is { Length: > 0 } words ? words.Length > Longest / 2 ? DisplayWidth.Cut(words, Longest / 2) : words : "nothing";

    // What both begin with and what both end with, but for a few characters that say where one is.
    static (int Start, int End) Shared(string old, string now, int around)
    {
        var most = Math.Min(old.Length, now.Length);
        var start = 0;
        while (start < most && old[start] == now[start])
        {
            start++;
        }

        var end = 0;
        while (end < most - start && old[^(end + 1)] == now[^(end + 1)])
        {
            end++;
        }

        return (Math.Max(0, start - around), Math.Max(0, end - around));
    }

    static string Part(string text, int start, int end)
    {
        var part = text[start..^end];
        return (start > 0 ? "…" : "")
            + (part.Length > Longest ? DisplayWidth.Cut(part, Longest) : part + (end > 0 ? "…" : ""));
    }

    static string Text(string? value) => value is null ? "nothing" : Hash().Replace(SafeText.Line(value), "a file ($1)");

    [GeneratedRegex("sha256:([0-9a-f]{8})[0-9a-f]{56}")]
    private static partial Regex Hash();
}
