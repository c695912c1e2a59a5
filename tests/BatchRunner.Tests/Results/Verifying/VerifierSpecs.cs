using BatchRunner.Expansion;
using BatchRunner.Results;
using BatchRunner.Results.Provenance;
using BatchRunner.Results.Verifying;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Results.Verifying;

public sealed class VerifierSpecs : IDisposable
{
    readonly RunBench bench = new();
    readonly IReadOnlyList<JobSpec> jobs = MadeJobs.Several(3);

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_finished_run_is_whole()
    {
        await Finish();

        var found = await Verify();

        Assert.Empty(found.Broken);
        Assert.Empty(found.Strangers);
        Assert.Equal((3, false), (found.FileCount, found.IsAtWork));
    }

    [Theory]
    [InlineData("gone", nameof(FindingKind.Missing))]
    [InlineData("shorter", nameof(FindingKind.WrongSize))]
    [InlineData("longer", nameof(FindingKind.WrongSize))]
    [InlineData("one bit", nameof(FindingKind.WrongBytes))]
    [InlineData("link", nameof(FindingKind.NotAFile))]
    [InlineData("folder", nameof(FindingKind.NotAFile))]
    public async Task Every_way_of_damaging_a_file_is_found_and_names_its_job(string damage, string kind)
    {
        await Finish();
        Harm(bench.Folder.PathOf("clips/job-0002.mp4"), damage);

        var finding = Assert.Single((await Verify()).Broken);

        Assert.Equal((kind, "clips/job-0002.mp4", "job-0002"), (finding.Kind.ToString(), finding.Path, finding.Job?.Spec.Id));
    }

    [Fact]
    public async Task Results_that_the_journal_does_not_give_are_found()
    {
        await Finish();
        await File.AppendAllTextAsync(Results, "\n", TestContext.Current.CancellationToken);

        var changed = Assert.Single((await Verify()).Broken);
        File.Delete(Results);
        var gone = Assert.Single((await Verify()).Broken);

        Assert.Equal((FindingKind.OtherResults, FindingKind.NoResults), (changed.Kind, gone.Kind));
    }

    [Fact]
    public async Task What_the_journal_does_not_know_is_told_and_breaks_nothing()
    {
        await Finish();
        foreach (var path in new[] { "foreign.MP4", "clips/job-0009.mp4.part", ".batchrunner/again-0.mp4", "notes.txt", "report.html" })
        {
            await File.WriteAllTextAsync(bench.Folder.PathOf(path), "x", TestContext.Current.CancellationToken);
        }

        var found = await Verify();

        Assert.Empty(found.Broken);
        Assert.Equal(
            [(".batchrunner/again-0.mp4", FindingKind.Part), ("clips/job-0009.mp4.part", FindingKind.Part), ("foreign.MP4", FindingKind.Stranger)],
            found.Strangers.Select(finding => (finding.Path, finding.Kind)));
    }

    [Fact]
    public async Task A_file_that_was_named_but_not_recorded_names_its_job()
    {
        bench.Runway.Script = (number, _) => new FakeScript { IsLost = number == 1 };
        await Finish();
        await File.WriteAllTextAsync(bench.Folder.PathOf("clips/job-0001.mp4"), "x", TestContext.Current.CancellationToken);

        var stranger = Assert.Single((await Verify()).Strangers);

        Assert.Equal((FindingKind.Unrecorded, "job-0001"), (stranger.Kind, stranger.Job?.Spec.Id));
    }

    [Fact]
    public async Task While_a_run_is_at_work_only_finished_files_are_judged()
    {
        await Finish();
        File.Delete(Results);
        File.Delete(bench.Folder.PathOf("clips/job-0001.mp4"));
        await File.WriteAllTextAsync(bench.Folder.PathOf("clips/job-0003.mp4.part"), "x", TestContext.Current.CancellationToken);

        using var held = File.Open(bench.Folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var found = await Verify();

        Assert.True(found.IsAtWork);
        Assert.Equal(FindingKind.Missing, Assert.Single(found.Broken).Kind);
        Assert.Empty(found.Strangers);
    }

    [Fact]
    public async Task A_torn_journal_is_told()
    {
        await Finish();
        await File.AppendAllTextAsync(bench.Folder.Journal, "{\"seq\":99,", TestContext.Current.CancellationToken);

        var finding = Assert.Single((await Verify()).Broken);

        Assert.Equal((FindingKind.TornJournal, ".batchrunner/journal.jsonl"), (finding.Kind, finding.Path));
    }

    string Results => bench.Folder.PathOf("results.csv");

    async Task Finish()
    {
        await bench.Run(jobs);
        new ResultsFile(Results, bench.Clock).Write(ResultsTable.Of(bench.Journal));
        ProvenanceFile.Write(bench.Folder, bench.Journal);
    }

    Task<Verification> Verify() => new Verifier(bench.Folder, bench.Journal).Verify(TestContext.Current.CancellationToken);

    static void Harm(string path, string damage)
    {
        var bytes = File.ReadAllBytes(path);
        File.Delete(path);
        switch (damage)
        {
            case "gone":
                break;
            case "shorter":
                File.WriteAllBytes(path, bytes[..^1]);
                break;
            case "longer":
                File.WriteAllBytes(path, [.. bytes, 0]);
                break;
            case "one bit":
                bytes[^1] ^= 1;
                File.WriteAllBytes(path, bytes);
                break;
            case "link":
                File.WriteAllBytes(path + ".txt", bytes);
                File.CreateSymbolicLink(path, path + ".txt");
                break;
            default:
                Directory.CreateDirectory(path);
                break;
        }
    }
}
