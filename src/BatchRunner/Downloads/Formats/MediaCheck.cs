using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Downloads.Formats;

/// <summary>What looking at a whole file gave: what it should be called, or what is wrong with it.</summary>
readonly record struct MediaVerdict(string? Extension, string? Problem);

/// <summary>
/// Walks a file to its end. A length is not enough: a server may give none, or give the right one with the wrong bytes.
/// </summary>
static class MediaCheck
{
    /// <param name="handle">The file.</param>
    /// <param name="length">Its length.</param>
    /// <param name="isFramed">The server said where it ends.</param>
    /// <param name="contentType">The server's word, or null.</param>
    /// <param name="expected">The extension it was expected to have, with its dot.</param>
    public static MediaVerdict Of(SafeFileHandle handle, long length, bool isFramed, string? contentType, string expected)
    {
        using var file = new FileView(handle, length);
        if (length == 0)
        {
            return new(null, "the output is empty");
        }

        if (MediaFormat.Of(file) is { } format)
        {
            var extension = format.Extensions.Contains(expected.ToLowerInvariant()) ? expected : format.Extensions[0];
            return format.FindProblem(file, isFramed) is { } problem
                ? new(null, $"the output is not a whole {format.Name}: {problem}")
                : new(extension, null);
        }

        return Unknown(file, isFramed, contentType, expected);
    }

    /// <summary>A format we can't walk is believed if its type is media, its end was told, and it isn't a page.</summary>
    static MediaVerdict Unknown(FileView file, bool isFramed, string? contentType, string expected)
    {
        var isMedia = contentType is not null
            && (contentType.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
                || contentType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
                || contentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
                || contentType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase));
        var isText = file.At(0, 1) is [(byte)'<' or (byte)'{' or (byte)'['] || file.Has(0, "\uFEFF"u8);
        return isText || !isMedia || MediaFormat.IsKnown(expected)
            ? new(null, $"the output does not begin like a `{expected}` file")
            : isFramed
                ? new(expected, null)
                : new(null, "the server did not say where the output ends");
    }
}
