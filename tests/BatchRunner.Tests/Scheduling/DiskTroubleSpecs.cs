using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Scheduling;

public class DiskTroubleSpecs
{
    public static TheoryData<bool> Calls => [true, false];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Whichever_write_or_sync_fails_nothing_is_sent_after_it_and_nothing_is_paid_twice(bool isSync)
    {
        for (var failing = 4; ; failing++)
        {
            using var bench = new RunBench();
            var at = failing;
            var createsBefore = -1;
            bool Fails(int number)
            {
                if (number != at)
                {
                    return false;
                }

                createsBefore = bench.Runway.CreateCount;
                return true;
            }

            bench.Disk = isSync ? new FakeDisk { FailsSync = Fails } : new FakeDisk { FailsWrite = Fails };

            var outcome = await bench.Run(MadeJobs.Several(4));

            if (createsBefore < 0)
            {
                Assert.Equal(0, outcome.ExitCode);
                Assert.InRange(failing, 10, int.MaxValue);
                return;
            }

            // One whose intent was on the disk already may have been leaving when the disk failed.
            Assert.InRange(bench.Runway.CreateCount, createsBefore, Math.Min(createsBefore + 1, DurableIntents(bench)));
            Assert.True(outcome.ExitCode is 11 or 0, $"exit {outcome.ExitCode} at {failing}");
            bench.Disk = new FakeDisk();
            await bench.Run(MadeJobs.Several(4));
            Assert.Equal(4, bench.Runway.Ledger.Select(task => task.Key).Distinct().Count() + Unsent(bench));
            Assert.True(bench.Runway.Ledger.GroupBy(task => task.Key).All(job => job.Count() == 1), $"paid twice at {failing}");
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task An_id_the_journal_does_not_take_is_printed_kept_elsewhere_and_found_by_the_next_run(bool isSync)
    {
        var kept = 0;
        for (var failing = 4; failing < 40; failing++)
        {
            using var bench = new RunBench();
            var at = failing;
            bench.Disk = isSync ? new FakeDisk { FailsSync = number => number >= at } : new FakeDisk { FailsWrite = number => number >= at };
            var outcome = await bench.Run(MadeJobs.Several(4));
            var known = KnownIn(bench.Disk.DurableLength, bench);
            var lost = bench.Runway.Ledger.Select(task => task.Id.Value).Where(id => !known.Contains(id)).ToList();
            foreach (var id in lost)
            {
                kept++;
                Assert.Equal(11, outcome.ExitCode);
                Assert.Contains(bench.View.Notes, note => note.Contains($"has task {id}", StringComparison.Ordinal));
                Assert.Contains(id, await File.ReadAllTextAsync(
                    Directory.GetFiles(bench.EmergencyFolder, "*.ids").Single(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }

            bench.Disk = new FakeDisk();
            await bench.Run(MadeJobs.Several(4));
            Assert.Equal(lost.Order(), KnownIn(null, bench).Intersect(lost).Order());
        }

        Assert.InRange(kept, 1, int.MaxValue);
    }

    [Fact]
    public async Task An_id_that_no_place_takes_is_printed_and_its_job_is_unknown()
    {
        var printed = 0;
        for (var failing = 6; failing < 16; failing++)
        {
            using var bench = new RunBench();
            // A file where the second place's folder would be.
            await File.WriteAllTextAsync(bench.EmergencyFolder, "", TestContext.Current.CancellationToken);
            var at = failing;
            bench.Disk = new FakeDisk { FailsWrite = number => number >= at };
            var outcome = await bench.Run(MadeJobs.Several(4));
            var known = KnownIn(bench.Disk.DurableLength, bench);
            var lost = bench.Runway.Ledger.Where(task => !known.Contains(task.Id.Value)).ToList();

            bench.Disk = new FakeDisk();
            var notes = bench.View.Notes;
            await bench.Run(MadeJobs.Several(4));
            foreach (var task in lost)
            {
                printed++;
                Assert.Equal(11, outcome.ExitCode);
                Assert.Contains(notes, note => note.Contains($"has task {task.Id}", StringComparison.Ordinal));
                Assert.Equal(JobPhase.Unknown, Assert.Single(bench.Journal.Jobs, job => job.Spec.Key.Hex == task.Key).State.Phase);
                Assert.Single(bench.Runway.Ledger, other => other.Key == task.Key);
            }
        }

        Assert.InRange(printed, 1, int.MaxValue);
    }

    // Ids in the first bytes of the journal, or in all of it.
    static HashSet<string> KnownIn(long? length, RunBench bench)
    {
        using var file = Opened(bench);
        var known = new byte[length ?? file.Length];
        file.ReadExactly(known);
        using var stream = new MemoryStream(known);
        return [.. JournalReader.Read(stream).Fold.ToContents().Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).OfType<string>()];
    }

    // Without a lock: for a moment, a process that another spec starts holds all that is open here.
    static FileStream Opened(RunBench bench) => new(bench.Folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    static int DurableIntents(RunBench bench)
    {
        using var file = Opened(bench);
        var durable = new byte[bench.Disk.DurableLength];
        file.ReadExactly(durable);
        using var stream = new MemoryStream(durable);
        return JournalReader.Read(stream).Fold.ToContents().Jobs.Count(job => job.State.Fence > 0);
    }

    // A create that never left, whose intent may be on the disk: unknown, as it must be.
    static int Unsent(RunBench bench) => bench.Journal.Jobs.Count(job =>
        job.State.Phase == JobPhase.Unknown && bench.Runway.Ledger.All(task => task.Key != job.Spec.Key.Hex));
}
