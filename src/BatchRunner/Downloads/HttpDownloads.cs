using System.Buffers;
using System.Globalization;
using BatchRunner.Downloads.Formats;
using BatchRunner.Journaling;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Downloads;

/// <summary>Outputs over HTTP: beside their final name first, whole and on the disk before they get it.</summary>
sealed class HttpDownloads(DownloadOptions options, TimeProvider clock) : IDownloads, IDisposable
{
    const int PieceBytes = 128 * 1024;

    readonly OutputSource source = new(options, clock);

    public async Task<DownloadAnswer> Fetch(Uri url, string finalPath, CancellationToken cancel)
    {
        var opening = await source.Open(url, cancel);
        if (opening is OutputOpening.Closed closed)
        {
            return closed.Answer;
        }

        using var output = (OutputOpening.Opened)opening;
        if (output.Length > options.MaxBytes)
        {
            return TooLong();
        }

        try
        {
            return await Save(output, finalPath, cancel);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What the network does is an answer already: only the disk is left to throw.
            var name = Path.GetFileName(finalPath);
            return new DownloadAnswer.DiskTrouble($"`{name}` can't be written: {Disk.Describe(error)}");
        }
    }

    public long? FreeBytes() => options.FreeBytes(options.Root);

    public void Dispose() => source.Dispose();

    async Task<DownloadAnswer> Save(OutputOpening.Opened output, string finalPath, CancellationToken cancel)
    {
        var (folderPath, name) = (Path.GetDirectoryName(finalPath) ?? options.Root, Path.GetFileName(finalPath));
        using var folder = HeldFolder.Open(options.Root, folderPath, out var inTheWay);
        if (folder is null)
        {
            return new DownloadAnswer.Occupied(inTheWay ?? folderPath);
        }

        if (IsTaken(folder[name], output.Length))
        {
            return new DownloadAnswer.Occupied(finalPath);
        }

        if (Directory.Exists(folder[PartFile.NameOf(name)]))
        {
            return new DownloadAnswer.Occupied(PartFile.NameOf(finalPath));
        }

        if (MissingBytes(output.Length ?? 0) is { } missing)
        {
            return new DownloadAnswer.DiskTrouble(
                string.Create(CultureInfo.InvariantCulture, $"the disk lacks {missing} bytes for `{name}`"));
        }

        using var part = new PartFile(folder, name);
        if (await Copy(output.Body, part, cancel) is { } problem)
        {
            return problem;
        }

        var verdict = MediaCheck.Of(
            part.Handle, part.Length, output.IsFramed, output.ContentType, Path.GetExtension(finalPath));
        if (verdict.Problem is { } notWhole)
        {
            return new DownloadAnswer.Trouble(notWhole);
        }

        // Played by its name: a file is called what it is, not what was expected.
        var path = Path.ChangeExtension(finalPath, verdict.Extension);
        return part.Keep(Path.GetFileName(path))
            ? new DownloadAnswer.Saved(path, part.Length, part.Sha256())
            : new DownloadAnswer.Occupied(path);
    }

    async Task<DownloadAnswer?> Copy(Stream body, PartFile part, CancellationToken cancel)
    {
        using var idle = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancel);
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        var (minute, bytesBefore) = (clock.GetTimestamp(), 0L);
        try
        {
            while (true)
            {
                idle.CancelAfter(options.IdleTimeout);
                var (count, reason) = await Read(body, piece, either.Token, cancel);
                idle.CancelAfter(Timeout.InfiniteTimeSpan);
                if (count <= 0)
                {
                    return count == 0 ? null : new DownloadAnswer.Trouble(reason);
                }

                if (part.Length + count > options.MaxBytes)
                {
                    return TooLong();
                }

                part.Write(piece.AsSpan(0, count));
                if (clock.GetElapsedTime(minute) < TimeSpan.FromMinutes(1))
                {
                    continue;
                }

                if (part.Length - bytesBefore < options.MinBytesPerMinute)
                {
                    return new DownloadAnswer.Trouble($"less than {options.MinBytesPerMinute} bytes in a minute");
                }

                (minute, bytesBefore) = (clock.GetTimestamp(), part.Length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>The next bytes; -1 and why if the network gave none.</summary>
    async Task<(int Count, string Reason)> Read(
        Stream body,
        Memory<byte> piece,
        CancellationToken either,
        CancellationToken cancel)
    {
        try
        {
            return (await body.ReadAsync(piece, either), "");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (-1, $"nothing came for {Words.Of(options.IdleTimeout)}");
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            return (-1, Breakage.Describe(error));
        }
    }

    /// <summary>Known before a byte is fetched; a file of the same length may be ours and is compared later.</summary>
    static bool IsTaken(string path, long? length)
    {
        var there = new FileInfo(path);
        return Directory.Exists(path) || there.LinkTarget is not null
            || (there.Exists && length is not null && there.Length != length);
    }

    long? MissingBytes(long length) =>
        FreeBytes() is { } free && DiskRoom.NeededFor(length) is var needed && free < needed ? needed - free : null;

    DownloadAnswer.Trouble TooLong() =>
        new(string.Create(CultureInfo.InvariantCulture, $"the output is longer than {options.MaxBytes} bytes"));
}
