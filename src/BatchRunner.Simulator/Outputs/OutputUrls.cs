using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;

namespace BatchRunner.Simulator.Outputs;

/// <summary>Signed addresses of outputs: new each time a task is read, and good for 24 hours of simulated time.</summary>
sealed class OutputUrls(Dice dice, Func<Uri> baseAddress)
{
    static readonly TimeSpan Life = TimeSpan.FromHours(24);
    static readonly string Header = Encode("""{"alg":"HS256","typ":"JWT"}"""u8);

    readonly byte[] secret = dice.Roll("output urls");
    long count;

    public JsonArray Of(TaskRecord task, DateTimeOffset now) =>
        new([.. Enumerable.Range(0, task.Output.Count).Select(index => (JsonNode?)JsonValue.Create(Sign(task, index, now)))]);

    /// <summary>Where an output lies.</summary>
    public static string Path(TaskRecord task, int index) =>
        $"/outputs/{task.Id}{(index == 0 ? "" : $"-{index + 1}")}{task.Output.Extension}";

    /// <summary>Whether a token opens a path at a time.</summary>
    public bool Opens(string path, string token, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3 || !CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(parts[2]), Encoding.ASCII.GetBytes(Signature($"{parts[0]}.{parts[1]}"))))
        {
            return false;
        }

        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        return claims.RootElement.GetProperty("key").GetString() == path
            && now.ToUnixTimeSeconds() < claims.RootElement.GetProperty("exp").GetInt64();
    }

    string Sign(TaskRecord task, int index, DateTimeOffset now)
    {
        var path = Path(task, index);
        var claims = new JsonObject
        {
            ["key"] = path,
            ["exp"] = (now + Life).ToUnixTimeSeconds(),
            ["jti"] = Interlocked.Increment(ref count),
        };
        var content = $"{Header}.{Encode(Exchange.Bytes(claims))}";
        return $"{new Uri(baseAddress(), path)}?_jwt={content}.{Signature(content)}";
    }

    string Signature(string content) => Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(content)));

    static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
