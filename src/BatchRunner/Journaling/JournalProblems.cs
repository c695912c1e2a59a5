using BatchRunner.Diagnostics;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Journaling;

/// <summary>What can be wrong with a run's folder, in words.</summary>
static class JournalProblems
{
    public static Diagnostic Damaged(string path, JournalDamage damage) => new(
        "BR0801",
        Severity.Error,
        $"`{path}` is damaged: record {damage.Record}, at byte {damage.Offset}, is not as it was written",
        Hint: "restore the folder from a copy; nothing was sent, and cutting the file there would forget what was paid after it");

    public static Diagnostic Newer(string path, JournalDamage damage) => new(
        "BR0802",
        Severity.Error,
        $"`{path}` is not known to this version from record {damage.Record} on, at byte {damage.Offset}: a newer one wrote it, or somebody changed it",
        Hint: "update BatchRunner; if it is up to date, restore the folder from a copy: nothing was sent");

    public static Diagnostic OtherAgainst(string path, string found, string expected) => new(
        "BR0803",
        Severity.Error,
        $"`{path}` was made against `{found}`, but this run is against `{expected}`",
        Hint: "choose another folder with `-o`");

    public static Diagnostic OtherName(string path, string found, string expected) => new(
        "BR0804",
        Severity.Error,
        $"`{path}` belongs to the manifest named `{found}`, but this one is named `{expected}`",
        Hint: "choose another folder with `-o`");

    public static Diagnostic Held(string folder, LockHolder holder) => new(
        "BR0805", Severity.Error, $"`{folder}` is held by {holder}", Hint: "wait for it, or stop it with Ctrl-C");

    public static Diagnostic CopyHeld(string folder, LockHolder holder) => new(
        "BR0819",
        Severity.Error,
        $"`{folder}`, or a copy of it, is held by {holder}",
        Hint: "work in one of them only: each would pay for what the other has done");

    public static Diagnostic NotEnforced(string folder) => new(
        "BR0806",
        Severity.Error,
        $"the file system of `{folder}` does not keep a second process out, and both would pay; nothing was sent",
        Hint: "choose a folder on a local disk with `-o`");

    public static Diagnostic Unwritable(string folder, string reason) => new(
        "BR0807", Severity.Error, $"`{folder}` can't be written: {reason}");

    public static Diagnostic MediaWithoutJournal(string folder) => new(
        "BR0808",
        Severity.Error,
        $"`{folder}` holds files but no journal, so nobody knows what was paid for",
        Hint: "choose another folder with `-o`, or restore `.batchrunner` beside the files");

    public static Diagnostic TailCut(string path, long bytes, string keptAs) => new(
        "BR0809",
        Severity.Warning,
        $"`{path}` ended in {bytes} bytes that were never acknowledged; they were cut off and kept as `{keptAs}`",
        Hint: "if a job is unknown now, its task's id may stand there");

    public static Diagnostic Unreadable(string path, string reason) => new(
        "BR0810", Severity.Error, $"`{path}` can't be read: {reason}; nothing was sent", Hint: "check who may read it, and the disk");

    public static Diagnostic NewerKeys(string path, int found, int known) => new(
        "BR0811",
        Severity.Error,
        $"`{path}` has keys of version {found}, but this version of BatchRunner makes version {known}",
        Hint: "update BatchRunner");

    public static Diagnostic Older(string path, long found, long seen, string witness) => new(
        "BR0812",
        Severity.Error,
        $"`{path}` ends at record {found}, but this machine has seen it reach record {seen}; nothing was sent",
        Hint: "bring back the newer `.batchrunner`: what this one lacks would be paid again; "
            + $"to go on with it all the same, delete `{witness}`");

    public static Diagnostic Forked(string folder, long record, string other, string witness) => new(
        "BR0813",
        Severity.Error,
        $"`{folder}` is a copy whose other went on, up to record {record} in `{other}`; nothing was sent",
        Hint: "work in that one: what it has done would be paid again here; "
            + $"to go on here all the same, delete `{witness}`");

    public static Diagnostic Forgotten(int tasks, string task, string job) => new(
        "BR0814",
        Severity.Error,
        $"`results.csv` names {(tasks == 1 ? "a task" : $"{tasks} tasks")} that the journal does not know, such as `{task}` "
            + $"of `{job}`, so the journal is older than what was paid; nothing was sent",
        Hint: "bring back the newer `.batchrunner`; without one, move `results.csv` and the media away, and everything is paid again");

    public static Diagnostic Unrecorded(int files, string file) => new(
        "BR0815",
        Severity.Error,
        $"`{file}`{(files == 1 ? " is" : $" and {files - 1} more are")} there, but by the journal still to be made and paid; "
            + "nothing was sent",
        Hint: "bring back the newer `.batchrunner`, or move the files away to have them made again");

    public static Diagnostic NotPlain(string path, string expected) => new(
        "BR0816",
        Severity.Error,
        $"`{path}` is a link, or not {expected}; nothing was opened",
        Hint: "remove it; if it is a link, bring back what it leads to");

    public static Diagnostic LinkedFolder(string path) => new(
        "BR0817",
        Severity.Error,
        $"`{path}` is a link, and nothing is written through links that nobody named",
        Hint: "remove the link, or name the folder it leads to with `-o`");

    public static Diagnostic NoNote(string outside, string reason) => new(
        "BR0820",
        Severity.Warning,
        $"no note of this run is kept, for `{outside}` can't be written: {reason}; if the run's folder is lost, or an older copy "
            + "is brought back, this machine will not notice, and what the copy lacks would be paid again",
        Hint: "make it writable, or set `XDG_STATE_HOME` to a folder that is");

    public static Diagnostic OtherMachine(string folder, LockHolder before) => new(
        "BR0818",
        Severity.Warning,
        $"`{folder}` was last worked in by {before}: if it is a copy, and the other is still used, each pays for itself");
}
