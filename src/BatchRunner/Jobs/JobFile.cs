using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace BatchRunner.Jobs;

/// <summary>One output on disk. A batch has as many as jobs, so it is kept small.</summary>
sealed record JobFile
{
    static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    // The path in two parts, of which the longer is mostly the job's own output.
    readonly string stem;
    readonly string ending;

    // 32 bytes as two numbers; what is no hash stays as it was given.
    readonly UInt128 high;
    readonly UInt128 low;
    readonly string? text;

    /// <param name="path">Below the run's folder, with `/`.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="sha256">Of its bytes, lower-case hex.</param>
    public JobFile(string path, long bytes, string sha256)
    {
        (stem, ending, Bytes) = (path, "", bytes);
        Span<byte> hash = stackalloc byte[32];
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(LowerHex)
            || Convert.FromHexString(sha256, hash, out _, out _) != OperationStatus.Done)
        {
            text = sha256;
        }

        (high, low) = (BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }

    /// <summary>Below the run's folder, with `/`.</summary>
    public string Path { get => stem + ending; init => (stem, ending) = (value, ""); }

    /// <summary>Its size.</summary>
    public long Bytes { get; init; }

    /// <summary>Of its bytes, lower-case hex.</summary>
    public string Sha256 => text ?? string.Create(CultureInfo.InvariantCulture, $"{high:x32}{low:x32}");

    /// <summary>The same file; its path is kept as <paramref name="output"/>, which is there anyway, and what follows it.</summary>
    public JobFile Sharing(string output, string extension) =>
        ending.Length == 0 && stem.Length > output.Length && stem.StartsWith(output, StringComparison.Ordinal)
            ? new JobFile(this, output, stem.AsSpan(output.Length).SequenceEqual(extension) ? extension : stem[output.Length..])
            : this;

    JobFile(JobFile whole, string stem, string ending)
        : this(whole) => (this.stem, this.ending) = (stem, ending);

    /// <summary>The same path, size and hash, however they are kept.</summary>
    public bool Equals(JobFile? other) =>
        other is not null && Path == other.Path && Bytes == other.Bytes && Sha256 == other.Sha256;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bytes, low);
}
