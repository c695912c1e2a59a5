using System.Security.Cryptography;
using System.Text;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>string</c>: checksums of a text in UTF-8, in lower-case hexadecimal. They name things; they protect nothing.</summary>
static class HashFunctions
{
    public static Builtin[] All { get; } =
    [
        new("hmac_sha1", "text secret_key", a => Keyed(a, HMACSHA1.HashData)),
        new("hmac_sha256", "text secret_key", a => Keyed(a, HMACSHA256.HashData)),
        new("hmac_sha512", "text secret_key", a => Keyed(a, HMACSHA512.HashData)),
        new("md5", "text", a => Plain(a, MD5.HashData)),
        new("sha1", "text", a => Plain(a, SHA1.HashData)),
        new("sha256", "text", a => Plain(a, SHA256.HashData)),
        new("sha512", "text", a => Plain(a, SHA512.HashData)),
    ];

    static Value Plain(Arguments a, Func<byte[], byte[]> hash)
    {
        var text = a.Text(0);
        a.Run.Charge(40 + (text.Length >> 2), a.Node);
        return a.Made(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(text))));
    }

    static Value Keyed(Arguments a, Func<byte[], byte[], byte[]> hash)
    {
        var (text, key) = (a.Text(0), a.Text(1));
        a.Run.Charge(60 + ((text.Length + key.Length) >> 2), a.Node);
        return a.Made(Convert.ToHexStringLower(hash(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text))));
    }
}
