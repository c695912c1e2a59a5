using System.Globalization;
using System.Text;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Faults;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Outputs;

/// <summary>The storage behind signed addresses: no key, HEAD, ranges, and 403 for what is expired, deleted or unknown.</summary>
sealed class OutputsApi(Account account, OutputUrls urls, FaultDesk faults, OutputShelf shelf)
{
    public async Task Serve(HttpContext context)
    {
        var isHead = HttpMethods.IsHead(context.Request.Method);
        if (!isHead && !HttpMethods.IsGet(context.Request.Method))
        {
            await Deny(context, 405);
            return;
        }

        var path = context.Request.Path.Value ?? "";
        if (Locate(path, context.Request.Query["_jwt"].ToString()) is not var (task, index))
        {
            await Deny(context, 403);
            return;
        }

        var file = shelf.Get(task, index);
        if (!isHead && faults.Draw("dl", path, task.Output.Title) is { } fault)
        {
            RequestMarks.Struck(context, fault);
            await DownloadSabotage.Send(context, fault, file, account.Clock);
            return;
        }

        var response = context.Response;
        response.Headers.ETag = file.ETag;
        response.Headers.AcceptRanges = "bytes";
        response.Headers.LastModified = task.CreatedAt.ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-cache"] = "Miss from cloudfront";
        if (context.Request.Headers.IfNoneMatch.ToString() == file.ETag)
        {
            response.StatusCode = 304;
            return;
        }

        response.ContentType = file.ContentType;
        var range = ByteRange.Of(context.Request, file.Bytes.Length, file.ETag, out var isOutside);
        if (isOutside)
        {
            response.Headers.ContentRange = $"bytes */{file.Bytes.Length}";
            await Deny(context, 416);
            return;
        }

        var part = range ?? new ByteRange(0, file.Bytes.Length - 1);
        if (range is not null)
        {
            response.StatusCode = 206;
            response.Headers.ContentRange = part.Header(file.Bytes.Length);
        }

        response.ContentLength = part.Length;
        if (!isHead)
        {
            await response.Body.WriteAsync(
                file.Bytes.AsMemory((int)part.First, (int)part.Length), context.RequestAborted);
        }
    }

    /// <summary>Refuses as the storage does, in XML.</summary>
    public static async Task Deny(HttpContext context, int status)
    {
        var (code, message) = status switch
        {
            403 => ("AccessDenied", "Access Denied"),
            404 => ("NoSuchKey", "The specified key does not exist."),
            405 => ("MethodNotAllowed", "The specified method is not allowed against this resource."),
            416 => ("InvalidRange", "The requested range is not satisfiable"),
            503 => ("SlowDown", "Please reduce your request rate."),
            _ => ("InternalError", "We encountered an internal error. Please try again."),
        };
        var xml = Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = xml.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(xml, context.RequestAborted);
        }
    }

    (TaskRecord Task, int Index)? Locate(string path, string token)
    {
        var name = path["/outputs/".Length..];
        if (name.Length < 36
            || account.Find(name[..36]) is not var (task, now)
            || task.PhaseAt(now) != TaskPhase.Succeeded
            || !urls.Opens(path, token, now))
        {
            return null;
        }

        for (var index = 0; index < task.Record.Output.Count; index++)
        {
            if (OutputUrls.Path(task.Record, index) == path)
            {
                return (task.Record, index);
            }
        }

        return null;
    }
}
