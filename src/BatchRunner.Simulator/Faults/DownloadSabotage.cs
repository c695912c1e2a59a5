using System.Globalization;
using System.IO.Compression;
using System.Text;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Media;
using BatchRunner.Simulator.Outputs;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Faults;

/// <summary>Sends an output wrongly.</summary>
static class DownloadSabotage
{
    const int BombBlocks = 4_096; // of 256 KB: a gigabyte, and a megabyte on the wire

    /// <param name="context">The request.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="file">The file that should have been sent.</param>
    /// <param name="clock">For what is slow.</param>
    public static async Task Send(HttpContext context, Fault fault, OutputFile file, ScaledClock clock)
    {
        var wire = new Wire(context);
        switch (fault.Verb)
        {
            case "cut":
                await wire.Send(Head(file, $"Content-Length: {file.Bytes.Length}\r\n"));
                await wire.Send(file.Bytes.AsMemory(0, file.Bytes.Length / 2));
                await wire.Finish();
                break;
            case "cut-nolen":
                await wire.Send(Head(file, "Connection: close\r\n"));
                await wire.Send(file.Bytes.AsMemory(0, file.Bytes.Length / 2));
                await wire.Finish();
                break;
            case "wrong":
                await Whole(context, file, Wrong(file.Bytes.Length));
                break;
            case "zero":
                await Whole(context, file, []);
                break;
            case "redirect":
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = $"http://{fault.Argument}{context.Request.Path}{context.Request.QueryString}";
                break;
            case "endless":
                await Endless(context, file);
                break;
            case "gzip":
                await Bomb(context, file);
                break;
            case "drip":
                await Drip(context, file, clock);
                break;
            case "rst":
                wire.Reset();
                break;
            case "hang":
                await wire.Hang();
                break;
            default:
                await OutputsApi.Deny(context, int.Parse(fault.Verb, CultureInfo.InvariantCulture));
                break;
        }
    }

    static string Head(OutputFile file, string more) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: {file.ContentType}\r\nETag: {file.ETag}\r\n{more}\r\n";

    // A page a proxy or a portal would put in its place, filled up to the length that was promised.
    static byte[] Wrong(int length)
    {
        var page = Encoding.ASCII.GetBytes("<!DOCTYPE html><html><title>Sign in</title><body>Sign in to go on.</body></html>\n");
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = page[i % page.Length];
        }

        return bytes;
    }

    static async Task Whole(HttpContext context, OutputFile file, byte[] bytes)
    {
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    static async Task Endless(HttpContext context, OutputFile file)
    {
        context.Response.ContentType = file.ContentType;
        await context.Response.Body.WriteAsync(file.Bytes, context.RequestAborted);
        var more = new byte[65_536];
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(more, context.RequestAborted);
        }
    }

    static async Task Bomb(HttpContext context, OutputFile file)
    {
        context.Response.ContentType = file.ContentType;
        context.Response.Headers.ContentEncoding = "gzip";
        var zeros = new byte[262_144];
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await gzip.WriteAsync(file.Bytes, context.RequestAborted);
        for (var i = 0; i < BombBlocks && !context.RequestAborted.IsCancellationRequested; i++)
        {
            await gzip.WriteAsync(zeros, context.RequestAborted);
        }
    }

    // It arrives whole in the end, in an hour of simulated time.
    static async Task Drip(HttpContext context, OutputFile file, ScaledClock clock)
    {
        const int Steps = 3_600;
        context.Response.ContentType = file.ContentType;
        context.Response.ContentLength = file.Bytes.Length;
        var step = (file.Bytes.Length / Steps) + 1;
        for (var at = 0; at < file.Bytes.Length; at += step)
        {
            await context.Response.Body.WriteAsync(
                file.Bytes.AsMemory(at, Math.Min(step, file.Bytes.Length - at)), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await clock.Wait(TimeSpan.FromSeconds(1), context.RequestAborted);
        }
    }
}
