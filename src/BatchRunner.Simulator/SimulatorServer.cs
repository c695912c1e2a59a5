using System.Net;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;
using BatchRunner.Simulator.Control;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Models;
using BatchRunner.Simulator.Outputs;
using BatchRunner.Simulator.Uploads;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BatchRunner.Simulator;

/// <summary>The Runway API on a loopback port, with an account of its own.</summary>
sealed class SimulatorServer : IAsyncDisposable
{
    // An upload of 200 MB and its form fields.
    const long LargestBody = 210_000_000;

    readonly KestrelServer kestrel;
    readonly SocketTransportFactory transport;
    readonly Account account;
    readonly FrontDesk desk;

    SimulatorServer(SimulatorOptions options, TimeProvider time)
    {
        var rules = new ModelRules(options.Catalogue ?? ModelCatalogue.BuiltIn);
        account = new Account(options, rules.Kinds, time);
        ControlApi.Apply(options.Faults, account);
        var faults = new FaultDesk(account.Dice, options.Faults);
        var urls = new OutputUrls(account.Dice, () => BaseAddress);
        var form = new UploadForm(account.Dice);
        var log = new RequestLog(time);
        desk = new FrontDesk(
            new RunwayApi(
                options, account, rules, new TasksApi(account, urls), new UploadsApi(account, form, () => BaseAddress), faults),
            new OutputsApi(account, urls, faults, new OutputShelf(options.SamePicture)),
            new StorageApi(account, form, faults),
            new ControlApi(account, faults, log),
            log);
        transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var limits = new KestrelServerOptions { AddServerHeader = false };
        limits.Limits.MaxRequestBodySize = LargestBody;
        limits.Limits.MinResponseDataRate = null;
        limits.Limits.MinRequestBodyDataRate = null;
        limits.Listen(IPAddress.Loopback, options.Port);
        kestrel = new KestrelServer(Options.Create(limits), transport, NullLoggerFactory.Instance);
    }

    /// <summary>Where it listens, such as `http://127.0.0.1:4711/`.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Every charge and refund so far.</summary>
    public IReadOnlyList<LedgerEntry> Ledger => account.View().Ledger;

    /// <summary>How long each task holds a slot, in the account's time.</summary>
    public IReadOnlyList<TimeSpan> Durations => [.. account.View().Tasks.Select(task => task.Record.Pending + task.Record.Generation)];

    /// <summary>Starts it; it answers when this returns.</summary>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="InvalidDataException">The state file is damaged.</exception>
    public static async Task<SimulatorServer> Start(
        SimulatorOptions options, TimeProvider time, CancellationToken cancellation)
    {
        var server = new SimulatorServer(options, time);
        try
        {
            await server.kestrel.StartAsync(new HttpApplication(server.desk.Serve), cancellation);
            var address = server.kestrel.Features.Get<IServerAddressesFeature>()?.Addresses.Single() ?? "";
            server.BaseAddress = new Uri(address);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops at once: open connections are cut, and the state file is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await kestrel.StopAsync(new CancellationToken(canceled: true));
        kestrel.Dispose();
        account.Dispose();
    }
}
