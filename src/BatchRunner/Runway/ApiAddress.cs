using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace BatchRunner.Runway;

/// <summary>Where the API is: https, or anything on this machine.</summary>
static class ApiAddress
{
    /// <summary>Runway's own.</summary>
    public static Uri Default { get; } = new("https://api.dev.runwayml.com/");

    /// <summary>Reads a base address, with `/` at its end. <paramref name="problem"/> is a sentence for the user.</summary>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out Uri? address,
        [NotNullWhen(false)] out string? problem) =>
        TryRead(text.Trim().TrimEnd('/') + "/", "base URL", "https://api.dev.runwayml.com", out address, out problem);

    /// <summary>Reads any address that is told what nobody else should hear, as it is written.</summary>
    /// <param name="text">The address.</param>
    /// <param name="what">What it is called, such as `base URL`.</param>
    /// <param name="example">One that would do.</param>
    /// <param name="address">The address.</param>
    /// <param name="problem">A sentence for the user.</param>
    public static bool TryRead(
        string text,
        string what,
        string example,
        [NotNullWhen(true)] out Uri? address,
        [NotNullWhen(false)] out string? problem)
    {
        address = Uri.TryCreate(text.Trim(), UriKind.Absolute, out var uri) ? uri : null;
        problem = address switch
        {
            null or { Scheme: not ("https" or "http") } => $"the {what} is not a URL such as `{example}`",
            { UserInfo: not "" } => $"the {what} holds a user name or password",
            _ when address.Query.Length + address.Fragment.Length > 0 => $"the {what} holds a `?` or `#`",
            { Scheme: "https" } => null,
            _ when IsLoopback(address) => null,
            _ => $"the {what} is `http` at `{address.Host}`, but only this machine may go without https",
        };
        address = problem is null ? address : null;
        return address is not null;
    }

    /// <summary>By name `localhost` or by number: a name that merely resolves to this machine does not count.</summary>
    public static bool IsLoopback(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(address.IdnHost, out var number) && IPAddress.IsLoopback(number));
}
