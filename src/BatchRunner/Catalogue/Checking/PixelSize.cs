using System.Globalization;

namespace BatchRunner.Catalogue.Checking;

/// <summary>A ratio as Runway writes it: pixels (`1280:720`) or parts (`16:9`).</summary>
/// <param name="Width">Pixels or parts.</param>
/// <param name="Height">Pixels or parts.</param>
/// <param name="IsExact">Whether it is written with a colon and nothing else.</param>
readonly record struct PixelSize(int Width, int Height, bool IsExact)
{
    const int LargestPart = 100;

    // What somebody who writes parts has in mind: the size every model of Runway's own has.
    const double UsualPixels = 1280 * 720;

    public long Pixels => (long)Width * Height;

    bool IsParts => Width < LargestPart && Height < LargestPart;

    double Aspect => (double)Width / Height;

    /// <summary>`1280:720`, also `1280x720`, `1280*720`, `16/9`; null for anything else.</summary>
    public static PixelSize? Parse(string text)
    {
        var parts = text.Split([':', 'x', 'X', '×', '*', '/'], StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Side(parts[0]) is { } width && Side(parts[1]) is { } height
            ? new PixelSize(width, height, text == string.Create(CultureInfo.InvariantCulture, $"{width}:{height}"))
            : null;
    }

    /// <summary>The offered one of nearest aspect; among those the one of nearest size; null if there is nothing to go by.</summary>
    public static string? Nearest(string text, IReadOnlyList<string> offered)
    {
        if (Parse(text) is not { } wanted)
        {
            return null;
        }

        return offered.Select(one => (Text: one, Size: Parse(one)))
            .Where(one => one.Size is not null)
            .OrderBy(one => Distance(wanted.Aspect, one.Size?.Aspect ?? 1))
            .ThenBy(one => Distance(wanted.IsParts ? UsualPixels : wanted.Pixels, one.Size?.Pixels ?? 1))
            .Select(one => one.Text)
            .FirstOrDefault();
    }

    static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side is > 0 and <= 1_000_000
            ? side
            : null;

    // By proportion; within half a percent they count as the same, as 854:480 and 16:9 do.
    static double Distance(double a, double b) => Math.Round(Math.Abs(Math.Log(a / b)), 2);
}
