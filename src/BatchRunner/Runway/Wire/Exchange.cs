namespace BatchRunner.Runway.Wire;

/// <summary>What came of one request, before anybody asks what it means.</summary>
abstract record Exchange
{
    /// <summary>A whole answer.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Body">At most 1 MiB.</param>
    /// <param name="RetryAfter">The server's wish, at most 5 minutes, or null.</param>
    /// <param name="RequestId">The gateway's correlation id, or null.</param>
    public sealed record Answered(int Status, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter, string? RequestId) : Exchange
    {
        /// <summary>The server's clock when it answered, to a second; or null.</summary>
        public DateTimeOffset? Date { get; init; }
    }

    /// <summary>The last byte of the request was never handed to the network: the server can't have it.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="IsRefused">The machine is there, and nothing on it takes connections.</param>
    public sealed record Unsent(string Reason, bool IsRefused = false) : Exchange;

    /// <summary>The request left and no whole answer came.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Status">The status, if that much came.</param>
    /// <param name="Part">What came of the body.</param>
    /// <param name="RequestId">The gateway's correlation id, or null.</param>
    public sealed record Broken(string Reason, int? Status, ReadOnlyMemory<byte> Part, string? RequestId) : Exchange;
}
