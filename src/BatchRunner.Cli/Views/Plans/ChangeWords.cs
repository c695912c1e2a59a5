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
    public static string Why(PlannedJob job) => job.Changes is [var only] ? Of(only) : job.Why;

    /// <summary>Such as `promptText: …a window on linen -> …a door on linen`.</summary>
    public static string Of(FieldChange change)
    {
        var (old, now) = (Text(change.Old), Text(change.New));
        if (change is { Old: not null, New: not null } && old.Length + now.Length > Longest)
        {
            var (start, end) = Shared(old, now);
            (old, now) = (Part(old, start, end), Part(now, start, end));
        }

        return $"{SafeText.Line(change.Field)}: {old} -> {now}";
    }

    // What both begin with and what both end with, but for a few characters that say where one is.
    static (int Start, int End) Shared(string old, string now)
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

        return (Math.Max(0, start - Around), Math.Max(0, end - Around));
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
