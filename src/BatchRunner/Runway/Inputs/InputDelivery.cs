using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Runway.Inputs;

/// <summary>
/// Sends each input the cheapest way that works: a URL as it is, a small file that is used once inside the request, any
/// other file uploaded once and named by every job that needs it.
/// </summary>
sealed class InputDelivery(IRunway runway, InputUses uses, TimeProvider clock) : IInputDelivery, IDisposable
{
    /// <summary>Characters of a whole data URI (runway-api.md section 2.0).</summary>
    public const int LongestDataUri = 5_242_880;

    /// <summary>Bytes below which Runway takes no upload.</summary>
    public const int SmallestUpload = 512;

    readonly UploadShelf shelf = new(runway, clock);

    public async Task<DeliveryAnswer> Deliver(JobSpec job, CancellationToken cancel)
    {
        var literals = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var input in job.Inputs)
        {
            var piece = await LiteralOf(input, cancel);
            if (piece.Problem is not null)
            {
                return piece.Problem;
            }

            literals[input.Pointer] = piece.Literal;
        }

        return RequestText.Replace(job.Request, literals, out var missing) is { } body
            ? new DeliveryAnswer.Ready(body)
            : new DeliveryAnswer.Failed($"the request has no text at `{missing}`", IsTransient: false);
    }

    public void Dispose() => shelf.Dispose();

    async Task<Piece> LiteralOf(JobInput input, CancellationToken cancel) => input switch
    {
        { Url: { } url } => new(LiteralOf(url)),
        { FullPath: { } path, Sha256: { } sha256 } when TravelsInside(input, sha256) =>
            await Embed(input, path, sha256, cancel),
        { FullPath: { } path, Sha256: { } sha256 } => await Upload(input, path, sha256, cancel),
        _ => new(new DeliveryAnswer.Failed(
            $"the input at `{input.Pointer}` is neither a file nor a URL", IsTransient: false)),
    };

    bool TravelsInside(JobInput input, string sha256) =>
        input.Bytes < SmallestUpload
        || (uses.CountOf(sha256) <= 1 && HeadOf(input).Length + Base64Length(input.Bytes) <= LongestDataUri);

    static async Task<Piece> Embed(JobInput input, string path, string sha256, CancellationToken cancel) =>
        await LocalFile.Read(path, sha256, input.Bytes, cancel) switch
        {
            LocalFile.Same file => new(DataUri(HeadOf(input), file.Bytes.Span)),
            var other => new(ProblemOf(other)),
        };

    async Task<Piece> Upload(JobInput input, string path, string sha256, CancellationToken cancel) =>
        await shelf.Get(input, sha256, path, cancel) switch
        {
            (UploadAnswer.Uploaded uploaded, _) => new(LiteralOf(uploaded.Uri)),
            (UploadAnswer.KeyRefused refused, _) => new(new DeliveryAnswer.KeyRefused(refused.Message)),
            (UploadAnswer.Failed failed, _) => new(new DeliveryAnswer.Failed(failed.Reason, failed.IsTransient)),
            var (_, file) => new(ProblemOf(file)),
        };

    static DeliveryAnswer ProblemOf(LocalFile? file) => file switch
    {
        LocalFile.Changed changed => new DeliveryAnswer.InputChanged(changed.Message),
        LocalFile.Unreadable unreadable => new DeliveryAnswer.Failed(unreadable.Reason, unreadable.IsTransient),
        _ => throw new NotSupportedException("a file that is the same is no problem"),
    };

    static ReadOnlyMemory<byte> LiteralOf(string text) =>
        Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");

    /// <summary>Written straight into its place: the largest is 5 MB.</summary>
    static ReadOnlyMemory<byte> DataUri(string head, ReadOnlySpan<byte> bytes)
    {
        var literal = new byte[head.Length + Base64Length(bytes.Length) + 2];
        literal[0] = literal[^1] = (byte)'"';
        Encoding.ASCII.GetBytes(head, literal.AsSpan(1));
        Base64.EncodeToUtf8(bytes, literal.AsSpan(head.Length + 1), out _, out _);
        return literal;
    }

    static string HeadOf(JobInput input) => $"data:{input.ContentType ?? "application/octet-stream"};base64,";

    static long Base64Length(long bytes) => (bytes + 2) / 3 * 4;

    /// <summary>A JSON string to put into the request, or why there is none.</summary>
    readonly record struct Piece(ReadOnlyMemory<byte> Literal, DeliveryAnswer? Problem)
    {
        public Piece(ReadOnlyMemory<byte> literal)
            : this(literal, null)
        {
        }

        public Piece(DeliveryAnswer problem)
            : this(default, problem)
        {
        }
    }
}
