using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Faults;

/// <summary>The connection below HTTP, for answers no web server would send.</summary>
sealed class Wire(HttpContext context)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    Socket? Socket => context.Features.Get<IConnectionSocketFeature>()?.Socket;

    /// <summary>Resets the connection: the client sees RST.</summary>
    public void Reset()
    {
        Socket?.LingerState = new LingerOption(true, 0);
        context.Abort();
    }

    /// <summary>Sends bytes as they are.</summary>
    public async Task Send(ReadOnlyMemory<byte> bytes)
    {
        if (Socket is not { } socket)
        {
            return;
        }

        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes, context.RequestAborted)..];
            }
        }
        catch (SocketException)
        {
            // The client has left: that is its right.
        }
    }

    public Task Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    /// <summary>Closes as if all had been said: the client sees FIN, with everything sent before it.</summary>
    public async Task Finish()
    {
        try
        {
            Socket?.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // Closed already.
        }

        await Wait(Patience);
        context.Abort();
    }

    /// <summary>Says nothing until the client gives up.</summary>
    public async Task Hang()
    {
        await Wait(Timeout.InfiniteTimeSpan);
        context.Abort();
    }

    Task Wait(TimeSpan atMost) =>
        Task.Delay(atMost, TimeProvider.System, context.RequestAborted).ContinueWith(
            _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
}
