using System.Runtime.InteropServices;

namespace BatchRunner.Expansion;

/// <summary>SHA-256 of key version, endpoint, canonical request and take: what a job is paid for under.</summary>
readonly record struct JobKey
{
    /// <summary>The rule by which keys are made today.</summary>
    public const int Version = 1;

    // As numbers: a batch has as many keys as jobs, and 64 digits would take six times the room.
    readonly ulong a;
    readonly ulong b;
    readonly ulong c;
    readonly ulong d;

    /// <param name="hash">32 bytes.</param>
    public JobKey(ReadOnlySpan<byte> hash)
    {
        var parts = MemoryMarshal.Cast<byte, ulong>(hash);
        (a, b, c, d) = (parts[0], parts[1], parts[2], parts[3]);
    }

    /// <param name="hex">64 hex digits.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public JobKey(string hex)
        : this(Convert.FromHexString(hex.Length == 64 ? hex : throw new FormatException("a key has 64 hex digits")))
    {
    }

    /// <summary>64 lower-case hex digits.</summary>
    public string Hex
    {
        get
        {
            ReadOnlySpan<ulong> parts = [a, b, c, d];
            return Convert.ToHexStringLower(MemoryMarshal.AsBytes(parts));
        }
    }

    /// <summary>The first 8 digits, for names of people.</summary>
    public string Short => Hex[..8];

    /// <inheritdoc/>
    public bool Equals(JobKey other) => a == other.a && b == other.b && c == other.c && d == other.d;

    /// <inheritdoc/>
    public override int GetHashCode() => a.GetHashCode();

    public override string ToString() => Hex;
}
