using System.Buffers;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Results.Report;
using BatchRunner.Simulator.Outputs;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Cli.Reviewing;

/// <summary>The files that the journal says are the run's, their posters, and no other; in parts, so that a clip can be sought in.</summary>
/// <param name="folder">The run's folder.</param>
/// <param name="page">Knows which files there are.</param>
sealed class ReviewMedia(RunFolder folder, ReviewPage page)
{
    const int Piece = 1 << 16;

    public async Task Send(HttpContext context, string path)
    {
        var (request, response) = (context.Request, context.Response);
        if (TagOf(path) is not { } tag || Open(path) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using (file)
        {
            response.Headers.ETag = tag;
            response.Headers.AcceptRanges = "bytes";
            response.Headers.CacheControl = "private, no-cache";
            response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            if (request.Headers.IfNoneMatch.ToString() == tag)
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }

            var range = ByteRange.Of(request, file.Length, tag, out var isOutside);
            if (isOutside)
            {
                response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
                response.Headers.ContentRange = $"bytes */{file.Length}";
                return;
            }

            var part = range ?? new ByteRange(0, file.Length - 1);
            if (range is not null)
            {
                response.StatusCode = StatusCodes.Status206PartialContent;
                response.Headers.ContentRange = part.Header(file.Length);
            }

            response.ContentType = TypeOf(path);
            response.ContentLength = part.Length;
            if (HttpMethods.IsGet(request.Method))
            {
                await Copy(file, part, context);
            }
        }
    }

    // Quoted, by its bytes as they were saved.
    string? TagOf(string path) => page.Table.Rows.SelectMany(row => row.State.Files)
        .Where(file => file.Path == path || ReportFile.PosterName(file) == path)
        .Select(file => $"\"{file.Sha256}\"")
        .FirstOrDefault();

    // Null if it is gone, or if it or a folder on the way to it is a link: what that leads to is not the run's.
    FileStream? Open(string path)
    {
        var full = folder.Root;
        foreach (var name in path.Split('/'))
        {
            full = Path.Combine(full, name);
            if (new FileInfo(full).LinkTarget is not null)
            {
                return null;
            }
        }

        if (!FolderCheck.IsPlainFile(full))
        {
            return null;
        }

        try
        {
            return new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, useAsync: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Gone, or not for us to read: there is nothing to show.
            return null;
        }
    }

    static async Task Copy(FileStream file, ByteRange part, HttpContext context)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            file.Position = part.First;
            for (var left = part.Length; left > 0;)
            {
                var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(Piece, left)), context.RequestAborted);
                if (read == 0)
                {
                    // Shorter than a moment ago: the browser sees that the rest is missing.
                    context.Abort();
                    return;
                }

                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), context.RequestAborted);
                left -= read;
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The browser has seen enough: that is how it seeks.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static string TypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".webm" => "video/webm",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".webp" => "image/webp",
        ".gif" => "image/gif",
        ".mp3" => "audio/mpeg",
        ".wav" => "audio/wav",
        ".ogg" => "audio/ogg",
        _ => "application/octet-stream",
    };
}
