using System.Diagnostics;

namespace BatchRunner.TestKit;

/// <summary>Tests written for node, in a folder with a package.json of their own.</summary>
public static class NodeTests
{
    static readonly SemaphoreSlim Installing = new(1);

    /// <summary>node and npm are there. Throws if they are not and tools are required.</summary>
    public static bool AreHere => Tools.Find("node") is not null && Tools.Find("npm") is not null;

    /// <summary>Runs tests; fails with what they said. Installs the folder's packages first if one of them is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="package">A package the tests need.</param>
    /// <param name="variables">What they are told.</param>
    /// <param name="cancel">Ends them.</param>
    /// <param name="files">Which; empty: all.</param>
    public static async Task Run(
        string folder, string package, IReadOnlyDictionary<string, string> variables, CancellationToken cancel, params string[] files)
    {
        await Installing.WaitAsync(cancel);
        try
        {
            if (!Directory.Exists(Path.Combine([folder, "node_modules", .. package.Split('/')])))
            {
                await Do(Tools.Find("npm") ?? "npm", folder, variables, ["ci"], cancel);
            }
        }
        finally
        {
            Installing.Release();
        }

        await Do(Tools.Find("node") ?? "node", folder, variables, ["--test", .. files], cancel);
    }

    static async Task Do(
        string program, string folder, IReadOnlyDictionary<string, string> variables, string[] arguments, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TimeSpan.FromMinutes(5));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException(output + await errors);
            }
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
