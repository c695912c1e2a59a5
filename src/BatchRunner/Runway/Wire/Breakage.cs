using System.Net.Sockets;

namespace BatchRunner.Runway.Wire;

/// <summary>What the platform's network errors mean, in our words. Never its own text, which can hold addresses.</summary>
static class Breakage
{
    public static string Describe(Exception error) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host has no address",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no TLS connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy gave no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
            "the answer's header is too long",
        // What we throw ourselves for an output on a network behind us.
        _ when Socket(error) == SocketError.AccessDenied => "the host has no public address",
        _ when Socket(error) == SocketError.ConnectionRefused => "connection refused",
        _ when Socket(error) is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted =>
            "connection reset",
        _ when Socket(error) is SocketError.NetworkUnreachable or SocketError.HostUnreachable => "no route to the host",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "no connection",
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => "the answer is not HTTP",
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded } => Ended,
        HttpIOException { HttpRequestError: HttpRequestError.ResponseEnded } => Ended,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => "the answer is not HTTP",
        _ => "the connection broke",
    };

    const string Ended = "the connection closed before the answer was whole";

    /// <summary>The machine is there, and nothing on it takes connections.</summary>
    public static bool IsRefused(Exception error) => Socket(error) == SocketError.ConnectionRefused;

    static SocketError? Socket(Exception? error) => error switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => Socket(error.InnerException),
    };
}
