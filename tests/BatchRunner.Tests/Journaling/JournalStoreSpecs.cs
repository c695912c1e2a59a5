using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Runway;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

public sealed class JournalStoreSpecs : JobStoreContract
{
    readonly TempFolder temp = new();
    readonly ManualClock clock = new();
    readonly FakeDisk disk = new();
    JournalStore? store;

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    RunFolder Folder => new(temp["out"]);

    JournalTerms Terms => new("made", "api.example", "0.1.0", temp["emergency"]);

    private protected override async Task<IJobStore> Open() => store = await OpenJournal();

    async Task<JournalStore> OpenJournal() =>
        Assert.IsType<OpenAnswer.Opened>(await Journal.Open(Folder, Terms, disk, clock)).Store;

    public override async ValueTask DisposeAsync()
    {
        await DisposeStore();
        temp.Dispose();
    }

    async Task DisposeStore()
    {
        if (store is not null)
        {
            await store.DisposeAsync();
            store = null;
        }
    }

    [Fact]
    public async Task An_intent_found_without_an_id_is_unknown()
    {
        var key = await LeaveIntent();

        await using var again = await OpenJournal();

        Assert.Equal(JobPhase.Unknown, again.Get(key).Phase);
        Assert.Equal((0, 25), again.Money);
    }

    [Fact]
    public async Task An_intent_is_being_submitted_while_a_run_holds_the_folder_and_unknown_to_those_who_look_later()
    {
        var first = await Open();
        await first.RecordPlan(MadeJobs.Several(1), Cancel);
        await first.BeginSubmit(MadeJobs.Job(0).Key, new SubmitTerms(25, null, 9, new Policy(), clock.GetUtcNow()), Cancel);

        var during = Assert.IsType<ReadAnswer.Found>(Journal.Read(Folder)).Contents;
        await DisposeStore();
        var bytes = await File.ReadAllBytesAsync(Folder.Journal, Cancel);
        var later = Assert.IsType<ReadAnswer.Found>(Journal.Read(Folder)).Contents;

        Assert.Equal((JobPhase.Intent, JobPhase.Unknown), (during.Jobs[0].State.Phase, later.Jobs[0].State.Phase));
        Assert.Equal((25m, "the last run ended before the answer was saved"), (later.Reserved, later.Jobs[0].State.Reason));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(Folder.Journal, Cancel));
    }

    [Fact]
    public async Task An_id_in_the_second_place_that_is_another_jobs_is_not_believed()
    {
        var first = await Open();
        await first.RecordPlan(MadeJobs.Several(2), Cancel);
        foreach (var job in MadeJobs.Several(2))
        {
            await first.BeginSubmit(job.Key, new SubmitTerms(25, null, 9, new Policy(), clock.GetUtcNow()), Cancel);
        }

        await first.Append(MadeJobs.Job(0).Key, new JobEvent.Submitted(clock.GetUtcNow(), 1, new TaskId("t-1a"), null), Cancel);
        Assert.Null(store?.Emergency.Save(MadeJobs.Job(1).Key, 1, new TaskId("T-1A")));
        await DisposeStore();

        var again = await Open();

        Assert.Equal(JobPhase.Unknown, again.Get(MadeJobs.Job(1).Key).Phase);
    }

    [Fact]
    public async Task An_id_in_the_second_place_is_found_again()
    {
        var key = await LeaveIntent(store => Assert.Null(store.Emergency.Save(MadeJobs.Job(0).Key, 1, new TaskId("t-77"))));

        await using var again = await OpenJournal();

        Assert.Equal((JobPhase.Submitted, "t-77"), (again.Get(key).Phase, again.Get(key).Task?.Value));
        Assert.False(File.Exists(again.Emergency.Path));
    }

    [Fact]
    public async Task An_id_that_can_not_be_saved_goes_to_the_second_place_and_nothing_more_is_granted()
    {
        var first = await Open();
        await first.RecordPlan(MadeJobs.Several(2), Cancel);
        await first.BeginSubmit(MadeJobs.Job(0).Key, new SubmitTerms(25, null, 9, new Policy(), clock.GetUtcNow()), Cancel);
        disk.FailsSync = _ => true;

        var answer = await first.Append(MadeJobs.Job(0).Key, new JobEvent.Submitted(clock.GetUtcNow(), 1, new TaskId("t-1"), null), Cancel);
        disk.FailsSync = _ => false;

        Assert.Contains("its task's id is kept in `", Assert.IsType<AppendAnswer.DiskFailed>(answer).Reason, StringComparison.Ordinal);
        Assert.IsType<SubmitGrant.DiskFailed>(
            await first.BeginSubmit(MadeJobs.Job(1).Key, new SubmitTerms(25, null, 9, new Policy(), clock.GetUtcNow()), Cancel));
        Assert.Contains("t-1", await File.ReadAllTextAsync(store?.Emergency.Path ?? "", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_process_is_told_who_holds_the_folder()
    {
        await Open();

        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder, Terms, disk, clock));

        Assert.Equal((FolderTrouble.Held, "BR0805"), (refused.Trouble, refused.Problem.Code));
        Assert.Contains($"process {Environment.ProcessId} on `{Environment.MachineName}`", refused.Problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("made", "simulator", "BR0803")]
    [InlineData("other", "api.example", "BR0804")]
    public async Task A_journal_of_another_kind_is_refused(string name, string against, string code)
    {
        await (await OpenJournal()).DisposeAsync();

        var refused = Assert.IsType<OpenAnswer.Refused>(
            await Journal.Open(Folder, Terms with { Name = name, Against = against }, disk, clock));

        Assert.Equal((FolderTrouble.Usage, code), (refused.Trouble, refused.Problem.Code));
    }

    [Fact]
    public async Task What_the_disk_refuses_is_told_in_our_words_and_its_path_once()
    {
        temp.Write("out", "a file where the folder should be");
        var unwritable = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder, Terms, disk, clock)).Problem;
        File.Delete(Folder.Root);
        Directory.CreateDirectory(Folder.Journal);
        var unreadable = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder, Terms, disk, clock)).Problem;

        Assert.Equal(("BR0807", $"`{Folder.Root}` can't be written: something else has that name"), (unwritable.Code, unwritable.Message));
        Assert.Equal(("BR0816", 1), (unreadable.Code, unreadable.Message.Split(Folder.Root).Length - 1));
    }

    [Fact]
    public async Task Media_without_a_journal_is_refused()
    {
        temp.Write("out/clip.mp4", "bytes");

        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(Folder, Terms, disk, clock));

        Assert.Equal((FolderTrouble.Damaged, "BR0808"), (refused.Trouble, refused.Problem.Code));
        Assert.False(File.Exists(Folder.Journal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Random_prices_and_interleavings_never_pass_the_cap_not_even_cut_off_at_any_record(int seed)
    {
        var cap = 400 + seed * 37;
        await SpendAtRandom(await Open(), seed, cap);
        await DisposeStore();

        // Whatever record a power cut leaves as the last one, what is on the disk is below the cap.
        var states = new Dictionary<int, JobState>();
        var money = 0m;
        var read = Journal.Read(Folder, (job, happened) =>
        {
            var before = states.GetValueOrDefault(job, JobState.New);
            var after = states[job] = JobLife.Apply(before, happened);
            money += after.Spent + after.Reserved - before.Spent - before.Reserved;
            Assert.InRange(money, 0, cap);
        });

        var contents = Assert.IsType<ReadAnswer.Found>(read).Contents;
        Assert.Equal(money, contents.Spent + contents.Reserved);
    }

    [Fact]
    public async Task Waiting_records_share_one_write_and_one_sync()
    {
        var first = await Open();
        await first.RecordPlan(MadeJobs.Several(200), Cancel);
        var before = disk.SyncCount;

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(
            async () => await first.BeginSubmit(
                MadeJobs.Job(i).Key, new SubmitTerms(1, null, 999, new Policy(), clock.GetUtcNow()), Cancel), Cancel)));

        Assert.InRange(disk.SyncCount - before, 1, 200);
        Assert.Equal((0, 200), first.Money);
    }

    [Fact]
    public async Task Another_process_may_read_while_it_is_written()
    {
        var first = await Open();
        await first.RecordPlan(MadeJobs.Several(3), Cancel);

        var found = Assert.IsType<ReadAnswer.Found>(Journal.Read(Folder));

        Assert.Equal(3, found.Contents.Planned.Count());
    }

    async Task<BatchRunner.Expansion.JobKey> LeaveIntent(Action<JournalStore>? before = null)
    {
        var key = MadeJobs.Job(0).Key;
        await using var first = await OpenJournal();
        await first.RecordPlan(MadeJobs.Several(1), Cancel);
        await first.BeginSubmit(key, new SubmitTerms(25, null, 9, new Policy(), clock.GetUtcNow()), Cancel);
        before?.Invoke(first);
        return key;
    }
}
