using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Journaling.Guarding;

/// <summary>
/// How far this machine has seen a folder's journal go, kept outside of the folder. A journal that lacks that record was
/// brought back from an older copy, or is a copy whose other went on: it would pay again for what it does not know. On a
/// machine that never saw the folder there is nothing to hold against it, so a folder may be moved or restored anywhere.
/// </summary>
sealed class Witness(RunFolder folder, string outside) : IDisposable
{
    string path = "";
    RunLock? held;
    Sight? last;
    bool isMet;

    /// <summary>Looks at a record that was read, from the first to the last.</summary>
    public void Read(JournalReader reader)
    {
        if (reader.Number == 1 && reader.Fold.Header is { } header)
        {
            Begin(header.Folder);
        }

        isMet |= last is { } sight && reader.Number == sight.Number && reader.Sum == sight.Sum;
    }

    /// <summary>Why the journal that was read must not be gone on with, or null.</summary>
    public Diagnostic? Refusal(JournalReader reader) =>
        last is not { } sight || isMet ? null
        : reader.Number < sight.Number ? JournalProblems.Older(folder.Journal, reader.Number, sight.Number, path)
        : JournalProblems.Forked(folder.Root, sight.Number, sight.Folder, path);

    /// <summary>
    /// Keeps this machine from working in another copy of the folder until this is disposed of; null, or who works in one.
    /// A folder that begins now has no copy yet.
    /// </summary>
    public LockHolder? Hold(DateTimeOffset now)
    {
        if (last is null)
        {
            return null;
        }

        var answer = RunLock.Take(Path.ChangeExtension(path, ".lock"), now);
        held = (answer as LockAnswer.Taken)?.Lock;
        return (answer as LockAnswer.Held)?.Holder;
    }

    public void Dispose() => held?.Dispose();

    /// <summary>The folder's id is known: from its journal's first record, or because it is made now.</summary>
    public void Begin(string runId)
    {
        path = OutsideFiles.PathOf(outside, runId, ".seen");
        last = Load();
    }

    /// <summary>That record is on the disk now. A witness that can't be kept stops nothing.</summary>
    public void Saw(long number, uint sum)
    {
        try
        {
            Directory.CreateDirectory(outside);
            var text = new JsonObject
            {
                ["folder"] = folder.Root,
                ["seq"] = number,
                ["sum"] = sum.ToString("x8", CultureInfo.InvariantCulture),
            };
            var fresh = path + ".part";
            File.WriteAllBytes(fresh, Encoding.UTF8.GetBytes(text.ToJsonString()));
            Disk.Rename(fresh, path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An older one says less, and nothing that is wrong.
        }
    }

    Sight? Load()
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            return new Sight(
                root.GetProperty("seq").GetInt64(),
                uint.Parse(root.GetProperty("sum").GetString() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                root.GetProperty("folder").GetString() ?? "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            // Half a file after a power loss: as if it had never been written.
            return null;
        }
    }

    sealed record Sight(long Number, uint Sum, string Folder);
}
