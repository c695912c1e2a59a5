using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Cli.Reviewing;

/// <summary>
/// Who may ask for what. Everything lies below a token that nobody can guess, so another user of this machine sees nothing.
/// A page of another site that finds the port can't read (it lacks the token, and a name that was made to lead here is
/// refused) and can't write (it lacks the token, and its origin is told by the browser).
/// </summary>
/// <param name="page">The page.</param>
/// <param name="media">What it shows.</param>
/// <param name="verdicts">What it sends.</param>
sealed class ReviewDesk(ReviewPage page, ReviewMedia media, ReviewVerdicts verdicts)
{
    static readonly string[] Names = ["127.0.0.1", "localhost", "[::1]"];

    /// <summary>The token, made anew for each start.</summary>
    public string Token { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task Serve(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers.CacheControl = "no-store";
        if (!Names.Contains(request.Host.Host, StringComparer.OrdinalIgnoreCase))
        {
            response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return;
        }

        if (Below(request.Path.Value ?? "") is not { } path)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isRead = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (path == "review" && HttpMethods.IsPost(request.Method))
        {
            if (IsOurs(request))
            {
                await verdicts.Take(context);
            }
            else
            {
                response.StatusCode = StatusCodes.Status403Forbidden;
            }
        }
        else if (!isRead)
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (path.Length == 0)
        {
            await page.Send(context, Token);
        }
        else
        {
            await media.Send(context, path);
        }
    }

    // The path behind the token, or null.
    string? Below(string path)
    {
        var end = path.IndexOf('/', Math.Min(1, path.Length));
        return end > 0 && IsToken(path[1..end]) ? path[(end + 1)..] : null;
    }

    // What the browser says of where a request comes from, and what only the page can know.
    bool IsOurs(HttpRequest request) =>
        request.Headers.Origin.ToString() == $"{request.Scheme}://{request.Host}"
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin"
        && request.ContentType?.Split(';')[0].Trim() == "application/json"
        && IsToken(request.Headers["X-Review-Token"].ToString());

    bool IsToken(string text) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text), Encoding.UTF8.GetBytes(Token));
}
