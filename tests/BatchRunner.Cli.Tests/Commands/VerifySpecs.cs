using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

public sealed class VerifySpecs
{
    [Fact]
    public async Task What_is_broken_is_told_with_what_to_do_and_doing_it_pays_nothing()
    {
        await using var desk = await Desk.Open();
        await desk.Type("run batch.yaml --yes --new");
        var tasks = await desk.Charges();

        var whole = await desk.Type("verify batch.yaml");
        File.Delete(desk.Folder["out/ads/calm-m01.mp4"]);
        var flipped = await File.ReadAllBytesAsync(desk.Folder["out/ads/calm-m02.mp4"], TestContext.Current.CancellationToken);
        flipped[^1] ^= 1;
        await File.WriteAllBytesAsync(desk.Folder["out/ads/calm-m02.mp4"], flipped, TestContext.Current.CancellationToken);
        var broken = await desk.Type("verify batch.yaml");
        var lines = await desk.Type("verify out/ads --json");
        File.Move(desk.Folder["out/ads/calm-m02.mp4"], desk.Folder["out/ads/damaged.mp4"]);
        var run = await desk.Type("run batch.yaml --yes");
        var again = await desk.Type("verify batch.yaml");

        Assert.Equal((0, "out/ads: 3 files and the journal are whole\n"), (whole.Exit, whole.Output));
        Assert.Equal(11, broken.Exit);
        Assert.Contains(
            $"calm-m01.mp4: gone; it is the file of `calm-m01`\n  `batchrunner run batch.yaml` downloads it again if task `{tasks[0]}` "
            + "still lives at Runway; it is never paid again by itself\n",
            broken.Output,
            StringComparison.Ordinal);
        Assert.Contains("calm-m02.mp4: changed since it was saved: SHA-256 ", broken.Output, StringComparison.Ordinal);
        Assert.Contains("out/ads: 2 things not as the journal says, of 3 files\n", broken.Output, StringComparison.Ordinal);
        Assert.Equal(["missing", "wrong-bytes"], lines.Lines.SkipLast(1).Select(line => line.GetProperty("what").GetString()));
        Assert.Equal(2, lines.Lines[^1].GetProperty("broken").GetInt32());
        Assert.True(run.Exit == 0, run.ToString());
        Assert.Equal(3, (await desk.Charges()).Count);
        Assert.Equal(0, again.Exit);
        Assert.Contains("damaged.mp4: belongs to no job", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_journal_or_none_at_all_is_exit_11_and_no_run_is_exit_2()
    {
        await using var desk = await Desk.Open();

        var none = await desk.Type("verify batch.yaml");
        await desk.Type("run batch.yaml --yes --new");
        var journal = desk.Folder["out/ads/.batchrunner/journal.jsonl"];
        var bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);
        var damaged = await desk.Type("verify batch.yaml");
        File.Delete(journal);
        var lost = await desk.Type("verify batch.yaml");

        Assert.Equal((2, 11, 11), (none.Exit, damaged.Exit, lost.Exit));
        Assert.Contains("BR0922", none.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0801", damaged.Errors, StringComparison.Ordinal);
        Assert.Contains("BR0808", lost.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clip_that_somebody_edited_is_named_everywhere_with_what_to_do()
    {
        await using var desk = await Desk.Open();
        await desk.Type("run batch.yaml --yes --new");
        await File.AppendAllTextAsync(desk.Folder["out/ads/calm-m02.mp4"], "cut", TestContext.Current.CancellationToken);

        var run = await desk.Type("run batch.yaml --yes");
        string[] told =
        [
            run.Errors, (await desk.Type("status batch.yaml")).Output, (await desk.Type("explain batch.yaml calm-m02")).Output,
            (await desk.Type("verify batch.yaml")) is { Exit: 11 } broken ? broken.Output : "",
            await File.ReadAllTextAsync(desk.Folder["out/ads/results.csv"], TestContext.Current.CancellationToken),
        ];
        File.Move(desk.Folder["out/ads/calm-m02.mp4"], desk.Folder["cut.mp4"]);
        var again = await desk.Type("run batch.yaml --yes");

        Assert.Equal(7, run.Exit);
        Assert.Contains("next     if a file is in the way, move it away; then `batchrunner run batch.yaml` downloads it again", run.Errors, StringComparison.Ordinal);
        Assert.All(told, text => Assert.Matches("`calm-m02\\.mp4` has [0-9]+ bytes instead of [0-9]+", text));
        Assert.All(told, text => Assert.Contains("move it away", text, StringComparison.Ordinal));
        Assert.True(again.Exit == 0, again.ToString());
        Assert.DoesNotContain("instead of", (await desk.Type("status batch.yaml")).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await desk.Charges()).Count);
    }
}
