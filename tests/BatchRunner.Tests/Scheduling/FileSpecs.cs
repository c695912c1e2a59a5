using BatchRunner.Downloads;
using BatchRunner.Jobs;
using BatchRunner.Runway;
using BatchRunner.Scheduling;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class FileSpecs
{
    [Fact]
    public async Task An_expired_address_is_asked_for_again_and_nothing_is_made_anew()
    {
        using var bench = new RunBench();
        bench.Downloads.Script = (number, _) => number <= 2 ? new DownloadAnswer.Expired("403") : null;

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task An_address_that_always_expires_is_asked_for_anew_a_few_times_with_pauses_and_then_left()
    {
        using var bench = new RunBench();
        bench.Downloads.Script = (_, _) => new DownloadAnswer.Expired("403");

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((7, 1, 1), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Downloading));
        Assert.InRange(bench.Downloads.FetchCount, 4, 32);
    }

    [Fact]
    public async Task A_folder_that_takes_no_clip_stops_the_run_before_paying()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        var clips = bench.Folder.PathOf("clips");
        Assert.SkipUnless(Change("chattr", "+i", clips), "a folder can't be made read-only for this user here");
        try
        {
            var outcome = await bench.Run(MadeJobs.Several(3));

            Assert.Equal((11, 1), (outcome.ExitCode, bench.Runway.CreateCount));
            Assert.Contains(bench.View.Notes, note => note.StartsWith("the folder of `clips/job-0002` can't be written: ", StringComparison.Ordinal));
        }
        finally
        {
            Change("chattr", "-i", clips);
        }

        Assert.Equal(0, (await bench.Run(MadeJobs.Several(3))).ExitCode);
        Assert.Equal(3, Directory.GetFileSystemEntries(clips).Length);

        static bool Change(string program, params string[] words)
        {
            if (Tools.Find(program) is not { } path)
            {
                return false;
            }

            using var process = System.Diagnostics.Process.Start(path, words);
            process.WaitForExit();
            return process.ExitCode == 0;
        }
    }

    [Fact]
    public async Task A_download_that_never_works_leaves_the_job_running_for_a_later_run()
    {
        using var bench = new RunBench();
        bench.Downloads.Script = (_, _) => new DownloadAnswer.Trouble("cut short");

        var outcome = await bench.Run(MadeJobs.Several(1));
        Assert.Equal((7, 1), (outcome.ExitCode, outcome.Summary.Downloading));

        bench.Downloads.Script = (_, _) => null;
        outcome = await bench.Run(MadeJobs.Several(1));
        Assert.Equal((0, 1), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_full_disk_stops_submitting()
    {
        using var bench = new RunBench();
        bench.Downloads.Script = (_, _) => new DownloadAnswer.DiskTrouble("no space left on device");

        var outcome = await bench.Run(MadeJobs.Several(20));

        Assert.Equal(11, outcome.ExitCode);
        Assert.InRange(bench.Runway.CreateCount, 1, 8);
        Assert.Contains("no space left on device", bench.View.Notes);
    }

    [Fact]
    public async Task Several_outputs_are_several_files()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { Outputs = 3 };

        await bench.Run(MadeJobs.Several(1));

        Assert.Equal(
            ["clips/job-0001.mp4", "clips/job-0001-2.mp4", "clips/job-0001-3.mp4"],
            bench.Journal.Jobs[0].State.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task A_task_without_an_output_has_failed_and_is_not_made_again()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (_, _) => new FakeScript { Outputs = 0 };

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((3, 1, 25m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent));
        Assert.Equal("empty-output", bench.Journal.Jobs[0].State.Failure?.Class);
    }

    [Fact]
    public async Task A_file_that_went_missing_is_brought_home_again()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));
        File.Delete(bench.Folder.PathOf("clips/job-0001.mp4"));
        File.Delete(bench.Folder.PathOf("clips/job-0002.mp4"));

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((0, 2, 4), (outcome.ExitCode, bench.Runway.CreateCount, bench.Downloads.FetchCount));
        Assert.True(File.Exists(bench.Folder.PathOf("clips/job-0001.mp4")));
    }

    [Fact]
    public async Task A_file_that_somebody_edited_is_neither_written_over_nor_paid_for_again()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));
        var edited = bench.Folder.PathOf("clips/job-0002.mp4");
        await File.WriteAllTextAsync(edited, "cut by hand", TestContext.Current.CancellationToken);

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((7, 1, 2), (outcome.ExitCode, outcome.Summary.Done, bench.Runway.CreateCount));
        Assert.Contains(bench.View.Notes.Concat(bench.View.News.Select(news => news.Text)),
            told => told.Contains("`clips/job-0002.mp4` exists and is not the file that was saved of this job; move it away", StringComparison.Ordinal));
        Assert.Equal("cut by hand", await File.ReadAllTextAsync(edited, TestContext.Current.CancellationToken));

        File.Move(edited, edited + ".mine");
        Assert.Equal((0, 2), ((await bench.Run(MadeJobs.Several(2))).ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_missing_file_whose_task_is_gone_is_lost_and_not_paid_for_again()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        File.Delete(bench.Folder.PathOf("clips/job-0001.mp4"));
        await bench.Runway.Delete(new TaskId("task-1"), TestContext.Current.CancellationToken);

        var outcome = await bench.Run(MadeJobs.Several(1));

        Assert.Equal((3, 1, 25m), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Spent));
        Assert.Equal("task-lost", bench.Journal.Jobs[0].State.Failure?.Class);
    }

    [Fact]
    public async Task A_foreign_file_in_the_place_of_an_output_stops_that_job_before_paying()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        await File.WriteAllTextAsync(bench.Folder.PathOf("clips/job-0002.mp4"), "mine", TestContext.Current.CancellationToken);

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((3, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("output-occupied", bench.Journal.Jobs[1].State.Failure?.Class);
        Assert.Equal("mine", await File.ReadAllTextAsync(bench.Folder.PathOf("clips/job-0002.mp4"), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("clips/job-0002.mp4", true)]
    [InlineData("clips/job-0002.mp4.part", true)]
    [InlineData("clips/job-0002.mp4.part", false)]
    public async Task Whatever_stands_in_the_way_of_an_output_stops_that_job_before_paying(string path, bool isFolder)
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        if (isFolder)
        {
            Directory.CreateDirectory(bench.Folder.PathOf(path));
        }
        else
        {
            await File.WriteAllTextAsync(bench.Folder.PathOf(path), "mine", TestContext.Current.CancellationToken);
        }

        var outcome = await bench.Run(MadeJobs.Several(3));

        Assert.Equal((3, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("output-occupied", bench.Journal.Jobs[1].State.Failure?.Class);
        Assert.Equal($"`{path}` exists and is not this job's", bench.Journal.Jobs[1].State.Failure?.Message);
        Assert.True(Path.Exists(bench.Folder.PathOf(path)));
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_stands_in_the_way_too()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        File.CreateSymbolicLink(bench.Folder.PathOf("clips/job-0002.mp4"), "/nowhere/at/all");

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal((3, 1), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_part_that_a_killed_download_left_stands_in_nobodys_way()
    {
        using var bench = new RunBench();
        bench.Runway.Script = (number, _) => number == 1
            ? new FakeScript { IsFailed = true, FailureCode = "ASSET.INVALID" }
            : new FakeScript();
        await bench.Run(MadeJobs.Several(1));
        await File.WriteAllTextAsync(bench.Folder.PathOf("clips/job-0001.mp4.part"), "half", TestContext.Current.CancellationToken);

        bench.Change = plan => plan.Retry();
        Assert.Equal(0, (await bench.Run(MadeJobs.Several(1))).ExitCode);
    }

    [Fact]
    public async Task An_old_clip_stays_in_its_place_while_its_replacement_is_refused()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        bench.Options = new RunOptions { MaxCredits = 30 };

        var outcome = await bench.Run([MadeJobs.Job(0, prompt: "something else")]);

        Assert.Equal((5, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("/task-1/0", await File.ReadAllTextAsync(bench.Folder.PathOf("clips/job-0001.mp4"), TestContext.Current.CancellationToken));
        Assert.Equal("clips/job-0001.mp4", bench.Journal.Jobs[0].State.Files[0].Path);
        Assert.False(Directory.Exists(bench.Folder.PathOf("superseded")));

        // Nor is it in its own way when the money is there, nor when the old words come back.
        outcome = await bench.Run(MadeJobs.Several(1));
        Assert.Equal((0, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        bench.Options = new RunOptions();
        outcome = await bench.Run([MadeJobs.Job(0, prompt: "something else")]);
        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("/task-2/0", await File.ReadAllTextAsync(bench.Folder.PathOf("clips/job-0001.mp4"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task An_old_clip_that_can_t_move_aside_stops_its_replacement_before_paying()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        var aside = bench.Folder.PathOf($"superseded/clips/job-0001-{MadeJobs.Job(0).Key.Short}.mp4");
        Directory.CreateDirectory(aside);

        var outcome = await bench.Run([MadeJobs.Job(0, prompt: "something else")]);

        Assert.Equal((3, 1), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.True(File.Exists(bench.Folder.PathOf("clips/job-0001.mp4")));
    }

    [Fact]
    public async Task A_link_in_the_output_folder_is_not_followed()
    {
        using var bench = new RunBench();
        await bench.Run([MadeJobs.Job(0) with { Output = "plain" }]);
        Directory.CreateSymbolicLink(bench.Folder.PathOf("clips"), Path.GetTempPath());

        var outcome = await bench.Run(MadeJobs.Several(2));

        Assert.Equal(1, bench.Runway.CreateCount);
        Assert.NotEqual(0, outcome.ExitCode);
    }

    [Fact]
    public async Task An_input_that_changed_fails_its_job_before_paying_and_the_next_run_goes_on()
    {
        using var bench = new RunBench();
        bench.Delivery.Script = job => job.Index == 1 ? new DeliveryAnswer.InputChanged("`hero.png` changed") : null;

        var outcome = await bench.Run(MadeJobs.Several(3));
        Assert.Equal((3, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("input-changed", bench.Journal.Jobs[1].State.Failure?.Class);

        bench.Delivery.Script = _ => null;
        outcome = await bench.Run(MadeJobs.Several(3));
        Assert.Equal((0, 3), (outcome.ExitCode, bench.Runway.CreateCount));
    }

    [Fact]
    public async Task A_renamed_job_keeps_its_file_under_the_new_name()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));

        var outcome = await bench.Run([MadeJobs.Job(0) with { Output = "new/first" }, MadeJobs.Job(1)]);

        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.True(File.Exists(bench.Folder.PathOf("new/first.mp4")));
        Assert.False(File.Exists(bench.Folder.PathOf("clips/job-0001.mp4")));
        Assert.Equal("new/first.mp4", bench.Journal.Jobs[0].State.Files[0].Path);
    }

    [Fact]
    public async Task Two_jobs_can_swap_names()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));
        var (a, b) = (MadeJobs.Job(0), MadeJobs.Job(1));

        var outcome = await bench.Run([a with { Output = b.Output }, b with { Output = a.Output }]);

        Assert.Equal((0, 2), (outcome.ExitCode, bench.Runway.CreateCount));
        Assert.Equal("/task-1/0", await File.ReadAllTextAsync(bench.Folder.PathOf(b.Output + ".mp4"), TestContext.Current.CancellationToken));
        Assert.Equal("/task-2/0", await File.ReadAllTextAsync(bench.Folder.PathOf(a.Output + ".mp4"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_changed_request_moves_the_old_file_aside_and_pays_for_that_job_only()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(3));

        var outcome = await bench.Run([MadeJobs.Job(0), MadeJobs.Job(1, prompt: "something else"), MadeJobs.Job(2)]);

        Assert.Equal((0, 4), (outcome.ExitCode, bench.Runway.CreateCount));
        var old = bench.Journal.Jobs[1];
        Assert.Equal($"superseded/clips/job-0002-{old.Spec.Key.Short}.mp4", old.State.Files[0].Path);
        Assert.Equal("/task-2/0", await File.ReadAllTextAsync(bench.Folder.PathOf(old.State.Files[0].Path), TestContext.Current.CancellationToken));
        Assert.Equal("/task-4/0", await File.ReadAllTextAsync(bench.Folder.PathOf("clips/job-0002.mp4"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Rows_may_be_inserted_removed_and_reordered_for_nothing()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(4));

        var outcome = await bench.Run([MadeJobs.Job(3), MadeJobs.Job(9), MadeJobs.Job(1)]);

        Assert.Equal((0, 5, 3), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Done));
        Assert.Equal(["job-0004", "job-0010", "job-0002"], bench.Journal.Planned.Select(job => job.Spec.Id));
    }

    [Fact]
    public async Task A_shared_request_is_paid_for_once()
    {
        using var bench = new RunBench();
        var (a, b) = (MadeJobs.Job(0), MadeJobs.Job(0, id: "twin"));

        var outcome = await bench.Run([a, b with { Index = 1, SharesWith = a.Id }]);

        Assert.Equal((0, 1, 2), (outcome.ExitCode, bench.Runway.CreateCount, outcome.Summary.Done));
        Assert.Equal(1, bench.Journal.Jobs[1].Shares);
        Assert.Equal(JobPhase.Done, bench.Journal.Owner(bench.Journal.Jobs[1]).State.Phase);
    }
}
