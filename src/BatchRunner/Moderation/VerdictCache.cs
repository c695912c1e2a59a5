using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchRunner.Runway.Reading;

namespace BatchRunner.Moderation;

/// <summary>
/// What an endpoint said earlier, by the hash of its address and the prompt: no prompt is in it. A line that can't be read
/// is a prompt that is asked about again. Safe for several threads.
/// </summary>
sealed class VerdictCache
{
    /// <summary>Bytes such a file may have; a longer one is not read.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    readonly SortedDictionary<string, Verdict> verdicts = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    /// <summary>Something was said since it was read.</summary>
    public bool IsFresh { get; private set; }

    /// <summary>Under what a prompt is kept: 64 lower-case hex digits.</summary>
    public static string HashOf(Uri endpoint, string prompt) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{endpoint.AbsoluteUri}\n{prompt}")));

    /// <summary>The verdict kept under a hash, or null.</summary>
    public Verdict? Find(string hash)
    {
        lock (gate)
        {
            return verdicts.GetValueOrDefault(hash);
        }
    }

    /// <summary>Keeps a verdict; the last one counts.</summary>
    public void Keep(string hash, Verdict verdict)
    {
        lock (gate)
        {
            verdicts[hash] = verdict;
            IsFresh = true;
        }
    }

    /// <summary>Takes over what was kept, but nothing that was said since.</summary>
    public void Read(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            if (Parse(line) is var (hash, verdict))
            {
                lock (gate)
                {
                    verdicts.TryAdd(hash, verdict);
                }
            }
        }
    }

    /// <summary>Everything, a line for each prompt, in the order of the hashes.</summary>
    public byte[] Text()
    {
        using var buffer = new MemoryStream();
        lock (gate)
        {
            foreach (var (hash, verdict) in verdicts)
            {
                using (var json = new Utf8JsonWriter(buffer))
                {
                    Write(json, hash, verdict);
                }

                buffer.WriteByte((byte)'\n');
            }

            IsFresh = false;
        }

        return buffer.ToArray();
    }

    static void Write(Utf8JsonWriter json, string hash, Verdict verdict)
    {
        json.WriteStartObject();
        json.WriteString("prompt"u8, hash);
        json.WriteBoolean("flagged"u8, verdict.IsFlagged);
        if (verdict.Categories.Count > 0)
        {
            json.WriteStartArray("categories"u8);
            foreach (var category in verdict.Categories)
            {
                json.WriteStringValue(category);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    static (string Hash, Verdict Verdict)? Parse(string line)
    {
        var read = LooseJson.Object(Encoding.UTF8.GetBytes(line));
        return read.Member("prompt").Text() is { Length: 64 } hash
            && read.Member("flagged") is { ValueKind: JsonValueKind.True or JsonValueKind.False } flagged
            ? (hash, new Verdict(
                flagged.ValueKind == JsonValueKind.True,
                [.. read.Member("categories").Items().Select(category => category.Text()).OfType<string>()]))
            : null;
    }
}
