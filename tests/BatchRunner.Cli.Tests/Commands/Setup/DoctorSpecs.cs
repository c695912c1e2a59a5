using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands.Setup;

/// <summary>`doctor`: what is in the way of a run is said before anybody pays, with what to do about it.</summary>
public sealed class DoctorSpecs
{
    [Fact]
    public async Task With_everything_in_place_it_says_so_prints_no_key_and_leaves_nothing_behind()
    {
        await using var desk = await Desk.Open(scale: 1);
        var before = Directory.GetFileSystemEntries(desk.Folder.FullPath);

        var said = await desk.Type("doctor");

        Assert.True(said.Exit == 0, said.ToString());
        Assert.Contains("ok    key         `RUNWAYML_API_SECRET` holds one", said.Output, StringComparison.Ordinal);
        Assert.Contains("ok    account     127.0.0.1 takes the key; 100 000 credits ($1 000.00)", said.Output, StringComparison.Ordinal);
        Assert.Contains("ok    slots ", said.Output, StringComparison.Ordinal);
        Assert.Contains("  clock       ", said.Output, StringComparison.Ordinal);
        Assert.Contains("ok    disk ", said.Output, StringComparison.Ordinal);
        Assert.Contains("warn  ffmpeg      not in PATH", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", said.Output + said.Errors, StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(desk.Folder.FullPath));
        Assert.Empty(await desk.Charges());
    }

    [Fact]
    public async Task Without_a_key_it_says_so_and_goes_on()
    {
        await using var desk = new Desk { HasNoKey = true };

        var said = await desk.Type("doctor --json");

        Assert.Equal(2, said.Exit);
        Assert.Equal(
            ["key", "room", "disk", "fallback", "ffmpeg"],
            said.Lines.Select(line => line.GetProperty("what").GetString()));
        Assert.Equal("fail", said.Lines[0].GetProperty("health").GetString());
        Assert.Contains("RUNWAYML_API_SECRET", said.Lines[0].GetProperty("todo").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, (await desk.Type("doctor --simulate")).Exit);
    }

    [Theory]
    [InlineData("account:revoke=0", 6, "127.0.0.1 refuses the key")]
    [InlineData("account:credits=0", 6, "has no credits for it")]
    [InlineData("account:credits=30", 0, "30 credits ($0.30) are left")]
    public async Task What_is_wrong_with_the_account_is_a_line_with_what_to_do(string fault, int exit, string told)
    {
        await using var desk = await Desk.Open(fault);

        var said = await desk.Type("doctor");

        Assert.True(said.Exit == exit, said.ToString());
        Assert.Contains(told, said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_wrong_is_told()
    {
        await using var desk = await Desk.Open();
        desk.Ahead = TimeSpan.FromMinutes(90);

        Assert.Matches("warn  clock +1h3[0-9]m ahead of 127.0.0.1", (await desk.Type("doctor")).Output);
    }

    [Fact]
    public async Task A_server_that_is_not_there_a_key_that_is_none_and_a_strange_endpoint_are_told()
    {
        await using var desk = new Desk();
        desk.Variables["RUNWAYML_BASE_URL"] = "http://127.0.0.1:1";
        var said = await desk.Type("doctor");
        Assert.True(said.Exit == 7, said.ToString());
        Assert.Contains("fail  account     127.0.0.1 does not answer: ", said.Output, StringComparison.Ordinal);

        desk.Variables["RUNWAYML_API_SECRET"] = "two words";
        desk.Variables["BATCHRUNNER_MODERATION_URL"] = "http://example.com/v1/moderations";
        said = await desk.Type("doctor");
        Assert.Equal(2, said.Exit);
        Assert.Contains("fail  key         `RUNWAYML_API_SECRET` holds no key: character 4", said.Output, StringComparison.Ordinal);
        Assert.Contains("fail  moderation  `BATCHRUNNER_MODERATION_URL`: the moderation URL is `http` at `example.com`", said.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", said.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_can_t_be_written_fails()
    {
        Assert.SkipWhen(!Directory.Exists("/proc/self"), "needs a folder that nobody can write into");
        await using var desk = new Desk { HasNoKey = true };

        var said = await desk.Type("doctor --simulate -o /proc/self/clips");

        Assert.True(said.Exit == 11, said.ToString());
        Assert.Contains("fail  disk        /proc/self can't be written", said.Output, StringComparison.Ordinal);
    }
}
