using System.Security.Cryptography;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;
using BatchRunner.Simulator.Uploads;

namespace BatchRunner.Simulator.Models;

/// <summary>The media a body names: uploads are looked up, data URIs looked into, URLs left alone.</summary>
sealed class MediaSources
{
    const string Scheme = "runway://";

    readonly Dictionary<string, string> uris = [];
    readonly Account account;

    public MediaSources(JsonObject body, Account account)
    {
        this.account = account;
        Collect(body, "");
    }

    /// <summary>What is known of the media at a JSON pointer; null for a URL, and for a data URI, which the catalogue reads.</summary>
    public MediaFacts? Facts(string pointer) => uris.TryGetValue(pointer, out var uri) ? Usable(uri)?.Facts : null;

    /// <summary>Uploads that are not there, were never filled, or are older than a day.</summary>
    public IEnumerable<Issue> Problems() => uris
        .Where(uri => uri.Value.StartsWith(Scheme, StringComparison.Ordinal) && Usable(uri.Value) is null)
        .Select(uri => new Issue(
            "custom",
            [.. uri.Key.Split('/').Skip(1).Select(step => JsonValue.Create(step))],
            "Failed to fetch asset (the upload does not exist or has expired)"));

    /// <summary>The SHA-256 of the bytes behind a URI, or null if they are not known.</summary>
    public string? Hash(string uri)
    {
        if (uri.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return account.Uploads.Find(uri[Scheme.Length..])?.Sha256;
        }

        const string Mark = ";base64,";
        var at = uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? uri.IndexOf(Mark, StringComparison.OrdinalIgnoreCase)
            : -1;
        if (at < 0)
        {
            return null;
        }

        var encoded = uri.AsSpan(at + Mark.Length);
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64Chars(encoded, bytes, out var count)
            ? Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, count)))
            : null;
    }

    Upload? Usable(string uri) =>
        uri.StartsWith(Scheme, StringComparison.Ordinal)
        && account.Uploads.Find(uri[Scheme.Length..]) is { } upload
        && upload.IsUsableAt(account.Clock.Now)
            ? upload
            : null;

    void Collect(JsonNode? node, string pointer)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map)
                {
                    Collect(value, $"{pointer}/{name}");
                }

                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Collect(list[i], $"{pointer}/{i}");
                }

                break;
            default:
                if (JsonValues.Text(node) is { } text && text.Contains(':', StringComparison.Ordinal))
                {
                    uris[pointer] = text;
                }

                break;
        }
    }
}
