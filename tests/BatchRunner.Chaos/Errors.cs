using System.Globalization;
using System.Text.RegularExpressions;
using BatchRunner.Jobs;

namespace BatchRunner.Chaos;

/// <summary>
/// A disk that says no: the k-th write, sync or rename fails, once, with every error a disk has. What was not saved is not paid
/// for, the words are clear, the journal can be read, and the next command goes on.
/// </summary>
sealed partial class Errors(int count, int seed, int most, TextWriter output)
{
    const int Jobs = 6;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    static readonly string[] Errnos = ["EIO", "ENOSPC", "EDQUOT", "EROFS"];

    readonly Figures figures = new("errors", seed, output);
    int tried;

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        var points = (from call in Enum.GetValues<DiskCall>()
                      from errno in Errnos
                      from k in Enumerable.Range(1, most)
                      select (call, errno, k)).ToArray();
        new Random(seed).Shuffle(points);
        foreach (var (call, errno, k) in points.Take(count))
        {
            await Fail(call, errno, k);
            if (++tried % 12 == 0)
            {
                await figures.Tell($"{tried} commands, {figures.BrokenCount} broken");
            }
        }

        await figures.Report();
        return figures.HaveHeld;
    }

    async Task Fail(DiskCall call, string errno, int k)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"{call} {errno} k={k}");
        await using var stage = await Stage.Set(Jobs, (seed * 1000L) + k);
        var trace = Path.Combine(stage.Folder, "trace");
        using var child = stage.Start(Under(stage, call, errno, k, trace), isStraight: false);
        var exit = await child.End(Patience);
        var failure = (await File.ReadAllLinesAsync(trace)).FirstOrDefault(line => line.Contains("(INJECTED)", StringComparison.Ordinal));
        figures.Count("commands");
        if (failure is null)
        {
            figures.Count("the k-th call never came");
            figures.Hold(exit == 0, where, $"exit {exit} with a sound disk; it said:\n{child.Said}");
            return;
        }

        figures.Count($"{call} failed");
        figures.Count($"{call} failed: exit {exit}");
        var journal = call is DiskCall.JournalWrite or DiskCall.JournalSync;
        figures.Hold(exit == 11 || (!journal && exit == 0), where, $"exit {exit}; it said:\n{child.Said}");
        figures.Hold(
            child.Said.Contains("can't", StringComparison.Ordinal) || exit == 0, where, $"no clear message:\n{child.Said}");
        figures.Hold(
            !Frames().IsMatch(child.Said), where, $"words of the platform:\n{child.Said}");
        if (journal)
        {
            CheckUnsaved(stage, where, await File.ReadAllTextAsync(trace), isWrite: call == DiskCall.JournalWrite);
        }

        await GoOn(stage, where, child.Said);
    }

    // The last write before the failed call holds what was not saved: nothing that was only intended there may be paid.
    void CheckUnsaved(Stage stage, string where, string trace, bool isWrite)
    {
        var before = trace[..trace.IndexOf("(INJECTED)", StringComparison.Ordinal)];
        var last = before[before.LastIndexOf("write(", StringComparison.Ordinal)..];
        var intents = Intents().Matches(last).Select(m => int.Parse(m.Groups["job"].Value, CultureInfo.InvariantCulture)).ToList();
        figures.Count("intents that could not be saved", intents.Count);
        var journal = stage.Journal();
        var saved = journal.Jobs.SelectMany(job => job.State.Attempts).Select(a => a.Task?.Value).OfType<string>()
            .Concat(Kept(stage)).ToHashSet();
        var charged = stage.Server.Ledger.Where(entry => !entry.IsRefund).Select(entry => entry.TaskId).ToList();
        figures.Hold(charged.All(saved.Contains), where, $"{charged.Count(id => !saved.Contains(id))} paid tasks are written down nowhere");
        var intended = journal.Jobs.Count(job => job.State.Attempts.Length > 0);
        var allowed = intended - (isWrite ? 0 : intents.Count);
        figures.Hold(charged.Count <= allowed, where, $"{charged.Count} tasks were paid on {allowed} saved intents");
    }

    static IEnumerable<string> Kept(Stage stage) =>
        Directory.Exists(Path.Combine(stage.Folder, "state"))
            ? Directory.EnumerateFiles(Path.Combine(stage.Folder, "state"), "*.ids", SearchOption.AllDirectories)
                .SelectMany(File.ReadAllLines).SelectMany(line => TaskIds().Matches(line)).Select(m => m.Groups["id"].Value)
            : [];

    async Task GoOn(Stage stage, string where, string said)
    {
        if (!File.Exists(stage.Run.Journal) || new FileInfo(stage.Run.Journal).Length == 0)
        {
            figures.Hold(stage.Server.Ledger.Count == 0, where, "paid without a journal");
        }

        using var next = stage.Start([]);
        var exit = await next.End(Patience);
        var unknown = stage.Journal().Planned.Count(job => job.State.Status == JobStatus.Unknown);
        figures.Count("jobs unknown after the next command", unknown);
        figures.Hold(
            exit == (unknown > 0 ? 7 : 0), where, $"the next command ended with {exit}; it said:\n{next.Said}\nand before:\n{said}");
        figures.Broke(where, await Invariants.Broken(stage, 1));
    }

    static IReadOnlyList<string> Under(Stage stage, DiskCall call, string errno, int k, string trace)
    {
        var name = call switch
        {
            DiskCall.JournalWrite => "write",
            DiskCall.JournalSync or DiskCall.AnySync => "fsync",
            DiskCall.MediaRename => "renameat2",
            DiskCall.ResultsRename => "rename",
            _ => "pwrite64",
        };
        var isJournal = call is DiskCall.JournalWrite or DiskCall.JournalSync;
        return Strace.Words(
            name,
            string.Create(CultureInfo.InvariantCulture, $"error={errno}:when={k}"),
            isJournal ? stage.Run.Journal : null,
            trace,
            isJournal ? "write" : null);
    }

    [GeneratedRegex("""\\"t\\":\\"intent[a-z]*\\",\\"j\\":(?<job>[0-9]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Intents();

    [GeneratedRegex("\"task\":\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex TaskIds();

    [GeneratedRegex(@"^\s+at |Exception", RegexOptions.Multiline)]
    private static partial Regex Frames();

    enum DiskCall
    {
        JournalWrite,
        JournalSync,
        AnySync,
        MediaRename,
        ResultsRename,
        MediaWrite,
    }
}
