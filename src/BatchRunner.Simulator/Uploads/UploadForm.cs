using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;

namespace BatchRunner.Simulator.Uploads;

/// <summary>The signed fields that must be sent before a file.</summary>
sealed class UploadForm(Dice dice)
{
    readonly byte[] secret = dice.Roll("upload forms");

    public JsonObject Fields(Upload upload)
    {
        var key = Key(upload);
        var policy = Policy(upload);
        return new JsonObject
        {
            ["key"] = key,
            ["x-amz-algorithm"] = "AWS4-HMAC-SHA256",
            ["policy"] = policy,
            ["x-amz-signature"] = Sign(policy),
        };
    }

    /// <summary>The upload's id behind a key, or null.</summary>
    public static string? IdOf(string key) =>
        key.Split('/') is ["ephemeral", var id, _] ? id : null;

    /// <summary>Whether all fields are the ones that were handed out.</summary>
    public bool Accepts(Upload upload, IReadOnlyDictionary<string, string> fields) =>
        Fields(upload).All(field => fields.TryGetValue(field.Key, out var sent) && sent == (string?)field.Value);

    static string Key(Upload upload) => $"ephemeral/{upload.Id}/{upload.Filename.Replace('/', '_')}";

    static string Policy(Upload upload) => Convert.ToBase64String(Exchange.Bytes(new JsonObject
    {
        ["expiration"] = Exchange.Time(upload.MadeAt + Upload.Life),
        ["conditions"] = new JsonArray(
            new JsonObject { ["key"] = Key(upload) },
            new JsonArray("content-length-range", StorageApi.LeastBytes, StorageApi.MostBytes)),
    }));

    string Sign(string policy) => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(policy)));
}
