namespace BatchRunner.Expansion.Requests;

/// <summary>
/// What of a URL names the file and what only lets one in. A re-export signs every URL anew and must not pay for every
/// clip again, and a signature is a secret: it is no part of a key and is never shown.
/// </summary>
static class SignedUrl
{
    // Always credentials, whoever made the URL: Amazon, Google, CloudFront, Akamai, Alibaba, Tencent, Huawei, tokens.
    static readonly HashSet<string> Secrets = new(StringComparer.OrdinalIgnoreCase)
    {
        "Signature", "Expires", "Key-Pair-Id", "Policy", "AWSAccessKeyId", "GoogleAccessId", "OSSAccessKeyId", "AccessKeyId",
        "SecurityToken", "security-token", "token", "access_token", "auth", "auth_token", "authorization", "api_key", "apikey",
        "jwt", "_jwt", "__token__", "hdnea", "hdnts", "hdntl", "hmac", "sig", "signed", "expiry", "exp", "X-Signature",
    };

    static readonly string[] SecretPrefixes = ["X-Amz-", "X-Goog-", "X-Oss-", "X-Tos-", "X-Obs-", "x-cos-", "q-sign-", "q-ak", "q-key-time",
        "q-header-list", "q-url-param-list", "q-signature"];

    // Azure's short names mean something only beside its `sig`.
    static readonly HashSet<string> BesideSig = new(StringComparer.OrdinalIgnoreCase)
    {
        "se", "sp", "sv", "sr", "st", "spr", "ss", "srt", "sip", "si", "skoid", "sktid", "skt", "ske", "sks", "skv", "sdd", "scid",
        "saoid", "suoid", "rscc", "rscd", "rsce", "rscl", "rsct",
    };

    /// <summary>The URL without signature, user and fragment; anything else of it stays as it was written.</summary>
    public static string Unsigned(string url)
    {
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var whole = hash < 0 ? url : url[..hash];
        var query = whole.IndexOf('?', StringComparison.Ordinal);
        var place = WithoutUser(query < 0 ? whole : whole[..query]);
        if (query < 0)
        {
            return place;
        }

        var parameters = whole[(query + 1)..].Split('&');
        var isAzure = parameters.Any(parameter => Name(parameter).Equals("sig", StringComparison.OrdinalIgnoreCase));
        var kept = parameters.Where(parameter => parameter.Length > 0 && !IsSecret(Name(parameter), isAzure)).ToList();
        return kept.Count == 0 ? place : $"{place}?{string.Join('&', kept)}";
    }

    /// <summary>A text as it may be shown: each URL in it without its signature.</summary>
    public static string Shown(string text) =>
        text.Contains("://", StringComparison.Ordinal) && !text.Any(char.IsWhiteSpace) ? Unsigned(text) : text;

    /// <summary>A message as it may be told: each quoted thing that is a URL without its signature.</summary>
    public static string Told(string message) =>
        message.Contains("://", StringComparison.Ordinal) ? string.Join('`', message.Split('`').Select(Shown)) : message;

    // The host's case says nothing; the path's may.
    static string WithoutUser(string place)
    {
        var host = place.IndexOf("://", StringComparison.Ordinal) + 3;
        if (host < 3)
        {
            return place;
        }

        var path = place.IndexOf('/', host);
        var end = path < 0 ? place.Length : path;
        var user = place.LastIndexOf('@', end - 1, end - host);
        var (scheme, name) = (place[..host], place[(user < 0 ? host : user + 1)..end]);
        // Text that only holds a URL, such as a formula, keeps its case.
        return scheme[..^3].All(char.IsAsciiLetterOrDigit)
            ? scheme.ToLowerInvariant() + name.ToLowerInvariant() + place[end..]
            : scheme + name + place[end..];
    }

    static bool IsSecret(string name, bool isAzure) =>
        Secrets.Contains(name)
        || Array.Exists(SecretPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        || (isAzure && BesideSig.Contains(name));

    static string Name(string parameter)
    {
        var equals = parameter.IndexOf('=', StringComparison.Ordinal);
        return Uri.UnescapeDataString(equals < 0 ? parameter : parameter[..equals]);
    }
}
