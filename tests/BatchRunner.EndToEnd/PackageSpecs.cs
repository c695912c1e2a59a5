using System.Diagnostics;
using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd;

public sealed class PackageSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_tool_is_installed_from_its_package_alone_and_runs()
    {
        var packages = temp["packages"];
        var tools = temp["tools"];
        await Dotnet(Repository.Root, "pack", Path.Combine("src", "BatchRunner.Cli"), "--no-build", "-c", Configuration, "-o", packages);
        await File.WriteAllTextAsync(
            temp["NuGet.Config"],
            $"""<configuration><packageSources><clear /><add key="here" value="{packages}" /></packageSources></configuration>""",
            TestContext.Current.CancellationToken);

        await Dotnet(temp.FullPath, "tool", "install", "BatchRunner.Tool", "--tool-path", tools, "--configfile", temp["NuGet.Config"]);

        var example = Repository.CopyExample("explainer-chunks", temp.FullPath);
        var tool = Path.Combine(tools, OperatingSystem.IsWindows() ? "batchrunner.exe" : "batchrunner");
        Assert.Contains("12 jobs, no mistakes", await Output(example, tool, "validate", "batch.yaml"), StringComparison.Ordinal);
    }

    // The one these tests were built in.
    static string Configuration => AppContext.BaseDirectory.Contains("release", StringComparison.Ordinal) ? "Release" : "Debug";

    Task<string> Dotnet(string folder, params string[] arguments) => Output(folder, "dotnet", arguments);

    async Task<string> Output(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (arguments[0] == "tool")
        {
            // Nothing of an earlier installation is found, and nothing of this one stays.
            start.Environment["NUGET_PACKAGES"] = temp["cache"];
            start.Environment["DOTNET_CLI_HOME"] = temp["home"];
        }

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(3));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);

            Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}\n{output}{await errors}");
            return output + await errors;
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
