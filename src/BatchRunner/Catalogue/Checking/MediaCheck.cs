using System.Globalization;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Holds an image, video or sound against what a field takes: by its bytes where they are known, else by the form of its text.</summary>
static class MediaCheck
{
    const int ShortestPlace = 13;

    const int LongestUpload = 5000;

    public static IEnumerable<RequestProblem> Run(
        string pointer, string text, FieldRule rule, string where, MediaFacts? facts)
    {
        var limits = rule.Limits ?? new MediaLimits();
        var isData = text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        var problems = new List<RequestProblem>();
        if (isData)
        {
            problems.AddRange(DataUri.Check(pointer, text, rule.Media ?? "file", limits));
        }

        if (facts is not null && problems.Count == 0)
        {
            problems.AddRange(Facts(pointer, facts, rule.Media ?? "file", where, limits, isData));
        }

        return facts is not null || isData ? problems : Place(pointer, text, rule.Media ?? "file", limits);
    }

    static IEnumerable<RequestProblem> Place(string pointer, string text, string kind, MediaLimits limits)
    {
        if (text.StartsWith("runway://", StringComparison.Ordinal))
        {
            return text.Length is >= ShortestPlace and <= LongestUpload
                ? []
                : [CatalogueProblems.BadUrl(pointer, $"has {text.Length} characters, but should have {ShortestPlace} to {LongestUpload}", null)];
        }

        return text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            ? Url(pointer, text, limits)
            : [CatalogueProblems.NotAPlace(pointer, JsonValues.Print(text), kind)];
    }

    static IEnumerable<RequestProblem> Url(string pointer, string text, MediaLimits limits)
    {
        if (text.Length < ShortestPlace || text.Length > limits.MaxUrl)
        {
            yield return CatalogueProblems.BadUrl(
                pointer,
                string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters, but should have {ShortestPlace} to {limits.MaxUrl}"),
                text.Length > limits.MaxUrl ? "use a shorter URL or a file" : null);
        }
        else if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
        {
            yield return CatalogueProblems.BadUrl(pointer, "has no host", null);
        }
        else if (url.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)
        {
            yield return CatalogueProblems.BadUrl(pointer, $"names the address `{url.Host}`, but Runway only fetches from a domain", null);
        }
    }

    static IEnumerable<RequestProblem> Facts(
        string pointer, MediaFacts facts, string kind, string where, MediaLimits limits, bool isData)
    {
        if (!IsTaken(facts.ContentType, limits, isData))
        {
            // What isn't taken at all needs no word about its size.
            yield return CatalogueProblems.WrongMedia(pointer, facts.ContentType, kind, limits.Types);
            yield break;
        }

        if (facts.Bytes > limits.MaxBytes)
        {
            yield return CatalogueProblems.TooManyBytes(pointer, facts.Bytes, limits.MaxBytes.Value);
        }

        if (facts is { Width: { } width and > 0, Height: { } height and > 0 })
        {
            if (Math.Min(width, height) < limits.MinSide)
            {
                yield return CatalogueProblems.TooFewPixels(pointer, width, height, limits.MinSide.Value);
            }

            if (Math.Max(width, height) > limits.MaxSide)
            {
                yield return CatalogueProblems.TooManyPixels(pointer, width, height, limits.MaxSide.Value);
            }

            if (width < limits.MinAspect * height || width > limits.MaxAspect * height)
            {
                yield return CatalogueProblems.AspectOutside(pointer, width, height, where, limits);
            }
        }

        if (facts.Seconds < limits.MinSeconds || facts.Seconds > limits.MaxSeconds)
        {
            yield return CatalogueProblems.SecondsOutside(pointer, facts.Seconds ?? 0, where, limits);
        }

        if (facts.FrameRate > limits.MaxFrameRate)
        {
            yield return CatalogueProblems.FrameRateAbove(pointer, facts.FrameRate ?? 0, limits.MaxFrameRate.Value);
        }
    }

    // The bytes of a data URI that can't be recognised are left to the API: its type is declared, and was checked.
    static bool IsTaken(string? type, MediaLimits limits, bool isData) =>
        type is null ? isData : limits.Types.Count == 0 || limits.Types.Contains(type);
}
