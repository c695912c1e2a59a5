using System.Diagnostics;
using BatchRunner.Results;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Results;

public sealed class ResultsFileSpecs : IDisposable
{
    static readonly ResultsTable One = new([], []);
    static readonly ResultsTable Other = new([new("message", [])], []);

    readonly TempFolder folder = new();
    readonly ManualClock clock = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_replaced_at_most_every_five_seconds_and_whenever_told()
    {
        var file = new ResultsFile(folder["results.csv"], clock);
        var made = 0;

        file.Offer(Make);
        file.Offer(Make);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        file.Offer(Make);
        Assert.Equal(1, made);

        clock.Advance(TimeSpan.FromSeconds(0.1));
        file.Offer(Make);
        Assert.Equal(2, made);

        file.Write(Other);
        Assert.Equal(ResultsCsv.Write(Other), File.ReadAllBytes(folder["results.csv"]));

        ResultsTable Make()
        {
            made++;
            return One;
        }
    }

    [Fact]
    public void Nothing_but_the_file_is_left_behind()
    {
        new ResultsFile(folder["results.csv"], clock).Write(One);

        Assert.Equal([folder["results.csv"]], Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_not_waited_for_but_replaced()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "pipes are told apart by statx");
        using (var make = Process.Start("mkfifo", [folder["results.csv"]]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(ResultsFiles.HasMark(folder["results.csv"]));
        new ResultsFile(folder["results.csv"], clock).Write(One);

        Assert.Equal(ResultsCsv.Write(One), await File.ReadAllBytesAsync(folder["results.csv"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_link_to_a_file_that_says_the_same_is_replaced_all_the_same()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights there");
        File.WriteAllBytes(folder["theirs"], ResultsCsv.Write(One));
        File.CreateSymbolicLink(folder["results.csv"], folder["theirs"]);

        new ResultsFile(folder["results.csv"], clock).Write(One);

        Assert.Null(new FileInfo(folder["results.csv"]).LinkTarget);
        Assert.True(File.Exists(folder["theirs"]));
    }

    [Fact]
    public void What_can_not_get_its_name_leaves_nothing_behind()
    {
        Directory.CreateDirectory(folder["results.csv"]);

        Assert.Throws<IOException>(() => new ResultsFile(folder["results.csv"], clock).Write(One));

        Assert.Equal([folder["results.csv"]], Directory.GetFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void The_same_table_is_not_written_twice()
    {
        var file = new ResultsFile(folder["results.csv"], clock);
        file.Write(One);
        File.SetLastWriteTimeUtc(folder["results.csv"], DateTime.UnixEpoch);

        file.Write(One);

        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(folder["results.csv"]));
    }

    [Fact]
    public void A_file_that_went_away_is_written_again()
    {
        var file = new ResultsFile(folder["results.csv"], clock);
        file.Write(One);
        File.Delete(folder["results.csv"]);

        file.Write(One);

        Assert.True(File.Exists(folder["results.csv"]));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_IO_failure() =>
        Assert.ThrowsAny<IOException>(() => new ResultsFile(folder["no/results.csv"], clock).Write(One));
}
