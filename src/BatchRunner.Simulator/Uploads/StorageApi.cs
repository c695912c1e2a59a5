using System.Security.Cryptography;
using System.Text;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Faults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace BatchRunner.Simulator.Uploads;

/// <summary>The storage an upload is posted to: the form's fields first, `file` last, no key.</summary>
sealed class StorageApi(Account account, UploadForm form, FaultDesk faults)
{
    public const int LeastBytes = 512;
    public const int MostBytes = 200 * 1024 * 1024;

    public async Task Serve(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            await Say(context, 405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
            return;
        }

        var (fields, file) = await Read(context);
        if (faults.Draw("storage", fields.GetValueOrDefault("key", "")) is { } fault)
        {
            RequestMarks.Struck(context, fault);
            await Fail(context, fault);
            return;
        }

        await Take(context, fields, file);
    }

    async Task Take(HttpContext context, Dictionary<string, string> fields, byte[]? file)
    {
        if (context.Request.Headers.Authorization.Count > 0)
        {
            await Say(context, 400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        else if (!fields.TryGetValue("key", out var key))
        {
            await Say(
                context, 400, "InvalidArgument",
                "Bucket POST must contain a field named 'key'. If it is specified, please check the order of the fields.");
        }
        else if (file is null)
        {
            await Say(context, 400, "InvalidArgument", "POST requires exactly one file upload per request.");
        }
        else if (UploadForm.IdOf(key) is not { } id || account.Uploads.Find(id) is not { } upload || !form.Accepts(upload, fields))
        {
            await Say(context, 403, "AccessDenied", "Invalid according to Policy: Policy Condition failed");
        }
        else if (account.Clock.Now >= upload.MadeAt + Upload.Life)
        {
            await Say(context, 403, "AccessDenied", "Invalid according to Policy: Policy expired.");
        }
        else if (file.Length < LeastBytes)
        {
            await Say(context, 400, "EntityTooSmall", "Your proposed upload is smaller than the minimum allowed size");
        }
        else if (file.Length > MostBytes)
        {
            await Say(context, 400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
        }
        else
        {
            using var stream = new MemoryStream(file, writable: false);
            account.Uploads.Fill(upload, Convert.ToHexStringLower(SHA256.HashData(file)), MediaProbe.Read(stream));
            context.Response.StatusCode = 204;
        }
    }

    // What comes after `file` is ignored, as S3 does: hence "file last".
    static async Task<(Dictionary<string, string> Fields, byte[]? File)> Read(HttpContext context)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return (fields, null);
        }

        byte[]? file = null;
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, context.RequestAborted);
            if (file is not null
                || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value is not { } name)
            {
                continue;
            }

            if (name == "file")
            {
                file = content.ToArray();
            }
            else
            {
                fields[name] = Encoding.UTF8.GetString(content.ToArray());
            }
        }

        return (fields, file);
    }

    static async Task Fail(HttpContext context, Fault fault)
    {
        var wire = new Wire(context);
        switch (fault.Verb)
        {
            case "rst":
                wire.Reset();
                break;
            case "fin":
                await wire.Finish();
                break;
            case "hang":
                await wire.Hang();
                break;
            case "403":
                await Say(context, 403, "AccessDenied", "Access Denied");
                break;
            case "503":
                await Say(context, 503, "SlowDown", "Please reduce your request rate.");
                break;
            default:
                await Say(context, 500, "InternalError", "We encountered an internal error. Please try again.");
                break;
        }
    }

    static async Task Say(HttpContext context, int status, string code, string message)
    {
        var xml = Encoding.UTF8.GetBytes(
            $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        context.Response.ContentLength = xml.Length;
        await context.Response.Body.WriteAsync(xml, context.RequestAborted);
    }
}
