using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using BatchRunner.Runway;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Downloads;

/// <summary>What opening an output gave.</summary>
abstract record OutputOpening
{
    /// <summary>Its bytes can be read.</summary>
    public sealed record Opened(HttpResponseMessage Response, Stream Body) : OutputOpening, IDisposable
    {
        public long? Length => Response.Content.Headers.ContentLength;

        public string? ContentType => Response.Content.Headers.ContentType?.MediaType;

        /// <summary>Its end can be told from a broken connection.</summary>
        public bool IsFramed => Length is not null || Response.Headers.TransferEncodingChunked == true;

        public void Dispose()
        {
            Body.Dispose();
            Response.Dispose();
        }
    }

    public sealed record Closed(DownloadAnswer Answer) : OutputOpening;
}

/// <summary>
/// Asks for outputs. It has no key to lose, follows three redirects at most, unpacks nothing, and connects to the
/// internet only.
/// </summary>
sealed class OutputSource(DownloadOptions options, TimeProvider clock) : IDisposable
{
    const int MaxRedirects = 3;

    readonly HttpMessageInvoker direct = new(Connections(options, proxy: null));
    readonly HttpMessageInvoker throughProxy = new(Connections(options, options.Proxy ?? HttpClient.DefaultProxy));

    public async Task<OutputOpening> Open(Uri url, CancellationToken cancel)
    {
        for (var redirects = 0; ; redirects++)
        {
            if (ProblemOf(url) is { } problem)
            {
                return Trouble(problem);
            }

            var (response, reason) = await Ask(url, cancel);
            if (response is null)
            {
                return Trouble(reason);
            }

            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)
                || response.Headers.Location is not { } next)
            {
                return await Judge(response, cancel);
            }

            response.Dispose();
            if (redirects == MaxRedirects)
            {
                return Trouble($"more than {MaxRedirects} redirects");
            }

            url = new Uri(url, next);
        }
    }

    public void Dispose()
    {
        direct.Dispose();
        throughProxy.Dispose();
    }

    string? ProblemOf(Uri url) => url switch
    {
        { Scheme: "https", UserInfo: "" } => null,
        { Scheme: "http", UserInfo: "" } when options.IsLoopbackAllowed && ApiAddress.IsLoopback(url) => null,
        { UserInfo: not "" } => "the output's URL holds a user name",
        _ => $"the output's URL is `{url.Scheme}`, not https",
    };

    async Task<(HttpResponseMessage? Response, string Reason)> Ask(Uri url, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(options.IdleTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("batchrunner", null));
        try
        {
            return (await LineTo(url).SendAsync(request, either.Token), "");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return (null, limit.IsCancellationRequested
                ? $"no answer within {Words.Of(options.IdleTimeout)}"
                : "no connection");
        }
        catch (HttpRequestException error)
        {
            return (null, Breakage.Describe(error));
        }
    }

    HttpMessageInvoker LineTo(Uri url) =>
        Runway.Wire.Connections.IsDirect(options.Proxy, url) ? direct : throughProxy;

    static async Task<OutputOpening> Judge(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = (int)response.StatusCode;
        if (status == 200 && response.Content.Headers.ContentEncoding.All(encoding => encoding == "identity"))
        {
            return new OutputOpening.Opened(response, await response.Content.ReadAsStreamAsync(cancel));
        }

        response.Dispose();
        return status switch
        {
            200 => Trouble("the output came packed, which was not asked for"),
            401 or 403 or 404 or 410 => new OutputOpening.Closed(new DownloadAnswer.Expired($"answered {status}")),
            _ => Trouble($"answered {status}"),
        };
    }

    static OutputOpening.Closed Trouble(string reason) => new(new DownloadAnswer.Trouble(reason));

    static SocketsHttpHandler Connections(DownloadOptions options, IWebProxy? proxy) => new()
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        // Through a proxy it is the proxy that resolves and connects: its own address is the system's choice.
        ConnectCallback = proxy is null ? (context, cancel) => Connect(context.DnsEndPoint, options, cancel) : null,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        Proxy = proxy,
        UseCookies = false,
        UseProxy = proxy is not null,
    };

    /// <summary>Connects to an address that was looked at, never to a name: that may resolve differently by then.</summary>
    static async ValueTask<Stream> Connect(DnsEndPoint host, DownloadOptions options, CancellationToken cancel)
    {
        var addresses = IPAddress.TryParse(host.Host, out var number)
            ? new[] { number }
            : await Dns.GetHostAddressesAsync(host.Host, cancel);
        var allowed = Array.FindAll(addresses, address =>
            PublicNetwork.Contains(address) || (options.IsLoopbackAllowed && IPAddress.IsLoopback(address)));
        if (allowed.Length == 0)
        {
            throw new SocketException((int)SocketError.AccessDenied);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, host.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
