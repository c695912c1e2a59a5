using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>Pictures for the report are a gift: whatever ffmpeg does, the report is written and the jobs are what they were.</summary>
public sealed class PosterSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Theory]
    [InlineData("#!/bin/sh\nexit 1\n")]
    [InlineData("#!/bin/sh\nkill -SEGV $$\n")]
    [InlineData("#!/bin/sh\nexec sleep 600\n")]
    [InlineData("#!/bin/sh\nexit 0\n")]
    [InlineData("#!/no/such/shell\n")]
    [InlineData("not a program\n")]
    public async Task A_program_that_fails_crashes_hangs_or_is_none_leaves_a_report_without_pictures(string program)
    {
        await Installed(program);

        Assert.Equal(0, await typed.Run("report", "batch.yaml"));

        Assert.Equal("out/ads/report.html\n", typed.Output);
        Assert.Empty(Posters());
        Assert.Equal(0, await typed.Run("verify", "batch.yaml"));
    }

    [Fact]
    public async Task What_it_leaves_that_can_not_be_removed_stops_no_report()
    {
        await Installed("#!/bin/sh\nfor last; do :; done\nmkdir \"${last#file:}\" && echo x > \"${last#file:}/x\"\n");

        Assert.Equal(0, await typed.Run("report", "batch.yaml"));

        Assert.Equal("out/ads/report.html\n", typed.Output);
    }

    [Fact]
    public async Task What_it_draws_is_kept_and_it_gets_no_key()
    {
        var secret = Environment.GetEnvironmentVariable("RUNWAY_API_KEY");
        Environment.SetEnvironmentVariable("RUNWAY_API_KEY", "key_canary");
        try
        {
            await Installed("#!/bin/sh\nfor last; do :; done\necho \"key: $RUNWAY_API_KEY.\" > \"${last#file:}\"\n");

            Assert.Equal(0, await typed.Run("report", "batch.yaml"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("RUNWAY_API_KEY", secret);
        }

        Assert.Equal(["key: .\n", "key: .\n", "key: .\n"], Posters().Select(File.ReadAllText));
    }

    string[] Posters() => Directory.GetFiles(Directory.CreateDirectory(typed.Folder["out/ads/.batchrunner/posters"]).FullName);

    async Task Installed(string program)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "programs are written otherwise there");
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        var ffmpeg = typed.Folder.Write("bin/ffmpeg", program);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ffmpeg, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        typed.Variables["PATH"] = typed.Folder["bin"];
    }
}
