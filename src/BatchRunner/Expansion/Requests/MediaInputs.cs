using System.Security.Cryptography;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Expansion.Requests;

/// <summary>A media field's value.</summary>
/// <param name="Canonical">What stands for it in the request that is hashed.</param>
/// <param name="Facts">What its bytes say, or null for what isn't a local file.</param>
sealed record Media(string Canonical, MediaFacts? Facts)
{
    public string? FullPath { get; init; }

    public string? Sha256 { get; init; }

    /// <summary>The URL with its signature, if it has one.</summary>
    public string? Url { get; init; }

    public Diagnostic? Problem { get; init; }

    public JobInput? At(string pointer) =>
        FullPath is null && Url is null
            ? null
            : new JobInput(pointer, FullPath, Sha256, Facts?.Bytes ?? 0, Facts?.ContentType, Url);
}

/// <summary>Resolves what media fields say. Each file is read once.</summary>
sealed class MediaInputs(Manifest manifest, CancellationToken cancel)
{
    const int LongestUrl = 2_048;

    readonly PathRules rules = new(manifest.Root);
    readonly Dictionary<string, Media> byText = new(StringComparer.Ordinal);
    readonly Dictionary<string, Media> byFile = new(StringComparer.Ordinal);

    /// <summary>The media, or a problem to be told at <paramref name="place"/>.</summary>
    public Media Resolve(string text, SourcePlace place)
    {
        if (!byText.TryGetValue(text, out var known))
        {
            byText[text] = known = Resolved(text, place);
        }

        return known.Problem is { } problem ? known with { Problem = problem with { Place = place } } : known;
    }

    Media Resolved(string text, SourcePlace place)
    {
        if (text.StartsWith("runway://", StringComparison.Ordinal))
        {
            return new Media(text, null);
        }

        if (text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            var unsigned = SignedUrl.Unsigned(text);
            return new Media(unsigned, null) { Url = unsigned == text ? null : text, Problem = Length(text, unsigned, place) };
        }

        var isUrl = text.Contains("://", StringComparison.Ordinal) || text.StartsWith("data:", StringComparison.OrdinalIgnoreCase);
        return isUrl ? Wrong(RequestProblems.NotHttps(Shortened(SignedUrl.Shown(text)), place)) : File(text, place);
    }

    static Diagnostic? Length(string url, string shown, SourcePlace place) =>
        url.Length > LongestUrl ? RequestProblems.LongUrl(Shortened(shown), url.Length, LongestUrl, place) : null;

    Media File(string path, SourcePlace place)
    {
        var (file, problem) = rules.Resolve(path, manifest.Folder, PathRules.FolderOf(manifest.File.Path), place);
        if (file is null)
        {
            return Wrong(problem ?? RequestProblems.UnreadableFile(path, place));
        }

        if (!byFile.TryGetValue(file.FullPath, out var known))
        {
            byFile[file.FullPath] = known = Read(file, place);
        }

        return known;
    }

    Media Read(SourceFile file, SourcePlace place)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            using var stream = new FileStream(file.FullPath, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            if (stream.Length == 0)
            {
                return Wrong(RequestProblems.EmptyFile(file.Path, place));
            }

            var facts = MediaProbe.Read(stream);
            stream.Position = 0;
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            return new Media($"sha256:{hash}", facts) { FullPath = file.FullPath, Sha256 = hash };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not ours to read, or gone since it was found.
            return Wrong(RequestProblems.UnreadableFile(file.Path, place));
        }
    }

    static Media Wrong(Diagnostic problem) => new("", null) { Problem = problem };

    static string Shortened(string url) => url.Length <= 80 ? url : url[..80] + "…";
}
