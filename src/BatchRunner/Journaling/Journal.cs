using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Journaling;

/// <summary>The door to a run's journal: to read it beside a run, or to open it for one.</summary>
static class Journal
{
    /// <summary>
    /// Reads without a lock and without changing anything; a run may be writing meanwhile. A create that was on the way is
    /// unknown, as the next run will say, unless a run holds the folder: then it is being submitted.
    /// </summary>
    public static ReadAnswer Read(RunFolder folder) => Read(folder, null);

    /// <summary>The same, with more to know.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="onEvent">Is handed everything that happened to each job, in order, by the job's number.</param>
    /// <param name="outside">The user's folder where this machine notes how far journals went; null: nobody asks.</param>
    public static ReadAnswer Read(RunFolder folder, Action<int, JobEvent>? onEvent, string? outside = null)
    {
        try
        {
            if (FolderCheck.Refusal(folder) is { } refusal)
            {
                return new ReadAnswer.Refused(FolderTrouble.Damaged, refusal);
            }

            if (!File.Exists(folder.Journal))
            {
                return new ReadAnswer.Found(JournalContents.Empty);
            }

            var isHeld = RunLock.IsHeld(folder.Lock);
            using var stream = OpenForReading(folder);
            using var witness = outside is null ? null : new Witness(folder, outside);
            var reader = JournalReader.Read(
                stream, onHappened: record => onEvent?.Invoke(record.Job, record.Event), onRecord: known => witness?.Read(known));
            if (reader.Damage is { } damage)
            {
                return new ReadAnswer.Refused(FolderTrouble.Damaged, Describe(folder, damage));
            }

            if (!isHeld && !RunLock.IsHeld(folder.Lock))
            {
                reader.Fold.LoseIntents();
            }

            return new ReadAnswer.Found(reader.Fold.ToContents(reader.TornBytes), witness?.Refusal(reader));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new ReadAnswer.Refused(FolderTrouble.Damaged, JournalProblems.Unreadable(folder.Journal, Disk.Describe(error)));
        }
    }

    /// <summary>
    /// Takes the folder's lock and opens its journal for a run, making both if there are none. A torn tail is cut; creates
    /// that were on the way when the last run ended are unknown from now on, unless their task's id is found.
    /// </summary>
    public static async ValueTask<OpenAnswer> Open(RunFolder folder, JournalTerms terms, IDisk disk, TimeProvider time)
    {
        RunLock? held = null;
        Witness? witness = null;
        LockHolder? before = null;
        IAppendFile? file = null;
        try
        {
            if (FolderCheck.Refusal(folder) is { } standing)
            {
                return Refuse(standing);
            }

            folder.Create();
            switch (await TakeLock(folder, time))
            {
                case LockAnswer.Taken taken:
                    (held, before) = (taken.Lock, taken.Before);
                    break;
                case LockAnswer.Held other:
                    return new OpenAnswer.Refused(FolderTrouble.Held, JournalProblems.Held(folder.Root, other.Holder));
                case LockAnswer.NotEnforced:
                    return new OpenAnswer.Refused(FolderTrouble.Damaged, JournalProblems.NotEnforced(folder.Root));
                case LockAnswer.Unwritable unwritable:
                    return Refuse(JournalProblems.Unwritable(folder.Root, unwritable.Reason));
            }

            var records = new RecordWriter();
            witness = new Witness(folder, terms.EmergencyFolder);
            var reader = ReadWhole(folder, records, witness);
            var refusal = Check(folder, terms, reader)
                ?? (witness.Hold(time.GetUtcNow()) is { } elsewhere
                    ? new OpenAnswer.Refused(FolderTrouble.Held, JournalProblems.CopyHeld(folder.Root, elsewhere))
                    : null)
                ?? (witness.Refusal(reader) is { } behind ? Refuse(behind) : null);
            if (refusal is not null)
            {
                witness.Dispose();
                held?.Dispose();
                return refusal;
            }

            file = disk.OpenForAppend(folder.Journal);
            var tail = CutTail(folder, reader, file);
            var writer = new JournalWriter(file, records, time, reader.Number, reader.Sum, witness.Saw);
            var store = new JournalStore(folder, terms, reader.Fold, writer, records, held, witness, Notes(folder, reader, tail, before));
            var (answer, notes) = await store.Begin(tail is null ? 0 : reader.TornBytes, time.GetUtcNow());
            if (answer is not null)
            {
                await store.DisposeAsync();
                return Refuse(JournalProblems.Unwritable(folder.Root, answer));
            }

            return new OpenAnswer.Opened(store, notes);
        }
        catch (HeldException)
        {
            witness?.Dispose();
            held?.Dispose();
            return new OpenAnswer.Refused(FolderTrouble.Held, JournalProblems.Held(folder.Root, LockHolder.Nobody));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            witness?.Dispose();
            held?.Dispose();
            return Refuse(JournalProblems.Unwritable(folder.Root, Disk.Describe(error)));
        }
    }

    // Who took it a moment ago may not have written its name yet: what is there is nothing, or the name of one who was killed.
    static async ValueTask<LockAnswer> TakeLock(RunFolder folder, TimeProvider time)
    {
        var answer = RunLock.Take(folder.Lock, time.GetUtcNow());
        for (var look = 0; look < 10 && answer is LockAnswer.Held { Holder.IsAlive: false }; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time);
            answer = RunLock.Take(folder.Lock, time.GetUtcNow());
        }

        return answer;
    }

    static OpenAnswer.Refused Refuse(Diagnostic problem) => new(FolderTrouble.Damaged, problem);

    // Past the lock of the run that may be writing it; on Windows sharing says the same.
    static FileStream OpenForReading(RunFolder folder) => OperatingSystem.IsWindows()
        ? new(folder.Journal, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0)
        : new(Disk.OpenUnlocked(folder.Journal), FileAccess.Read, bufferSize: 0);

    static JournalReader ReadWhole(RunFolder folder, RecordWriter records, Witness witness)
    {
        using Stream stream = File.Exists(folder.Journal) ? OpenForReading(folder) : new MemoryStream();
        return JournalReader.Read(stream, records.Know, onRecord: witness.Read);
    }

    // Another machine has no witness here: all that can be done is to say where the folder was. Nothing simulated is paid.
    static IEnumerable<Diagnostic> Notes(RunFolder folder, JournalReader reader, Diagnostic? tail, LockHolder? before)
    {
        if (tail is not null)
        {
            yield return tail;
        }

        if (before is { Host.Length: > 0 } && before.Host != Environment.MachineName
            && reader.Fold.Header is { IsSimulated: false } && reader.Fold.Spent + reader.Fold.Reserved > 0)
        {
            yield return JournalProblems.OtherMachine(folder.Root, before);
        }
    }

    static OpenAnswer.Refused? Check(RunFolder folder, JournalTerms terms, JournalReader reader)
    {
        if (reader.Damage is { } damage)
        {
            return Refuse(Describe(folder, damage));
        }

        if (reader.Fold.Header is not { } header)
        {
            return folder.HasMedia() ? Refuse(JournalProblems.MediaWithoutJournal(folder.Root)) : null;
        }

        return header.KeyVersion > JobKey.Version
                ? new OpenAnswer.Refused(
                    FolderTrouble.Usage, JournalProblems.NewerKeys(folder.Journal, header.KeyVersion, JobKey.Version))
            : header.Against != terms.Against
                ? new OpenAnswer.Refused(
                    FolderTrouble.Usage, JournalProblems.OtherAgainst(folder.Journal, header.Against, terms.Against))
            : header.Name != terms.Name
                ? new OpenAnswer.Refused(
                    FolderTrouble.Usage, JournalProblems.OtherName(folder.Journal, header.Name, terms.Name))
            : null;
    }

    // What is cut is kept beside the journal: somebody may want to know what it would have said.
    static Diagnostic? CutTail(RunFolder folder, JournalReader reader, IAppendFile file)
    {
        Diagnostic? told = null;
        if (reader.TornBytes > 0)
        {
            var name = "journal.torn-" + (reader.Number + 1).ToString(CultureInfo.InvariantCulture);
            var aside = Path.Combine(folder.Hidden, name);
            // Gone first: a link planted under this name must not be written through.
            File.Delete(aside);
            using (var from = OpenForReading(folder))
            using (var to = new FileStream(aside, FileMode.CreateNew))
            {
                from.Position = reader.Length;
                from.CopyTo(to);
            }

            file.Cut(reader.Length);
            told = JournalProblems.TailCut(folder.Journal, reader.TornBytes, name);
        }

        if (reader.LacksLineEnd)
        {
            file.Append("\n"u8);
        }

        return told;
    }

    static Diagnostic Describe(RunFolder folder, JournalDamage damage) => damage.IsNewer
        ? JournalProblems.Newer(folder.Journal, damage)
        : JournalProblems.Damaged(folder.Journal, damage);
}

/// <summary>What a run expects of a journal, and where to save an id if the journal can't.</summary>
/// <param name="Name">The manifest's name.</param>
/// <param name="Against">The host its tasks live at, or `simulator`.</param>
/// <param name="Tool">This version of BatchRunner.</param>
/// <param name="EmergencyFolder">A folder of the user outside the run's.</param>
sealed record JournalTerms(string Name, string Against, string Tool, string EmergencyFolder);

/// <summary>Why a folder can't be worked in, and so which exit code it is.</summary>
enum FolderTrouble
{
    /// <summary>Another folder is meant: exit 2.</summary>
    Usage,

    /// <summary>Another run holds it: exit 9.</summary>
    Held,

    /// <summary>Damaged, full, read-only, or without its journal: exit 11.</summary>
    Damaged,
}

/// <summary>What became of reading a journal.</summary>
abstract record ReadAnswer
{
    /// <param name="Contents">What it says.</param>
    /// <param name="Behind">Why a run would refuse it: it lacks what this machine has seen; null if it does not, or nobody asked.</param>
    public sealed record Found(JournalContents Contents, Diagnostic? Behind = null) : ReadAnswer;

    public sealed record Refused(FolderTrouble Trouble, Diagnostic Problem) : ReadAnswer;
}

/// <summary>What became of opening a journal.</summary>
abstract record OpenAnswer
{
    /// <summary>Open and locked, with what there is to say about it.</summary>
    public sealed record Opened(JournalStore Store, IReadOnlyList<Diagnostic> Notes) : OpenAnswer;

    public sealed record Refused(FolderTrouble Trouble, Diagnostic Problem) : OpenAnswer;
}
