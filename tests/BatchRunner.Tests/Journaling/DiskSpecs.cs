using BatchRunner.Journaling;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Journaling;

public sealed class DiskSpecs : IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public void Syncing_what_can_not_be_synced_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a pipe can be opened and not synced on Linux");
        using var device = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.Write);

        Assert.Throws<IOException>(() => Disk.Sync(device));
    }

    [Fact]
    public void A_full_disk_is_an_error()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux has /dev/full");
        using var file = new LocalDisk().OpenForAppend("/dev/full");

        Assert.Contains("No space left", Assert.Throws<IOException>(() => file.Append("x"u8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_folders_can_be_synced()
    {
        var path = temp.Write("a", "x");
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);

        Disk.Sync(file);
        Disk.SyncDirectory(temp.FullPath);
    }

    [Fact]
    public void A_rename_replaces_but_one_that_must_not_does_not()
    {
        var (a, b) = (temp.Write("a", "1"), temp.Write("b", "2"));

        Assert.False(Disk.RenameIfFree(a, b));
        Assert.Equal("2", File.ReadAllText(b));
        Disk.Rename(a, b);
        Assert.Equal("1", File.ReadAllText(b));
        Assert.True(Disk.RenameIfFree(b, temp["c"]));
        Assert.False(File.Exists(b));
    }

    [Fact]
    public void A_rename_across_devices_is_an_error_and_never_a_copy()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "needs a second file system");
        var other = $"/dev/shm/batchrunner-{Guid.NewGuid():N}";
        var path = temp.Write("a", "1");

        Assert.Throws<IOException>(() => Disk.Rename(path, other));
        Assert.Throws<IOException>(() => Disk.RenameIfFree(path, other));
        Assert.True(File.Exists(path));
        Assert.False(File.Exists(other));
    }

    [Fact]
    public void Appending_goes_to_the_end_and_cutting_takes_it_off()
    {
        using (var file = new LocalDisk().OpenForAppend(temp["log"]))
        {
            file.Append("one\ntwo\n"u8);
            file.Cut(4);
            file.Append("three\n"u8);
            file.Sync();
        }

        Assert.Equal("one\nthree\n", File.ReadAllText(temp["log"]));
    }

    [Fact]
    public void A_lock_is_held_until_it_is_let_go()
    {
        var path = temp["lock"];
        var taken = Assert.IsType<LockAnswer.Taken>(RunLock.Take(path, Corpus.At));

        var held = Assert.IsType<LockAnswer.Held>(RunLock.Take(path, Corpus.At));
        taken.Lock.Dispose();

        Assert.Equal((Environment.ProcessId, Environment.MachineName, (DateTimeOffset?)Corpus.At), (held.Holder.Process, held.Holder.Host, held.Holder.Since));
        Assert.IsType<LockAnswer.Taken>(RunLock.Take(path, Corpus.At)).Lock.Dispose();
    }

    [Fact]
    public void A_holder_who_is_gone_or_not_yet_named_is_not_taken_for_the_one_at_work()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "nobody can be read there");
        var here = Environment.MachineName;

        Assert.True(new LockHolder(Environment.ProcessId, here, Corpus.At).IsAlive);
        Assert.True(new LockHolder(int.MaxValue, "another-machine", Corpus.At).IsAlive);
        Assert.False(new LockHolder(int.MaxValue, here, Corpus.At).IsAlive);
        Assert.False(LockHolder.Nobody.IsAlive);
    }

    [Fact]
    public void A_folder_that_is_not_there_can_not_be_locked() =>
        Assert.IsType<LockAnswer.Unwritable>(RunLock.Take(temp["no/such/lock"], Corpus.At));
}
