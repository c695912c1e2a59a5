using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Expansion.Keys;

/// <summary>
/// The rule of keys: SHA-256 of the UTF-8 text `1`, endpoint, canonical request and take, each on a line of its own.
/// The first line is the key's version. A rule that has been released never changes; another one gets another number.
/// </summary>
static class JobKeys
{
    /// <param name="endpoint">Such as `image_to_video`.</param>
    /// <param name="request">By <see cref="CanonicalJson"/>.</param>
    /// <param name="take">From 1.</param>
    public static JobKey Of(string endpoint, string request, int take)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{JobKey.Version}\n{endpoint}\n{request}\n{take}");
        var buffer = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        try
        {
            var count = Encoding.UTF8.GetBytes(text, buffer);
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(buffer.AsSpan(0, count), hash);
            return new JobKey(hash);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
