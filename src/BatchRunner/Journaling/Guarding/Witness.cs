using System.Globalization;
using System.Text;
using System.Text.Json;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling.Records;
using Microsoft.Win32.SafeHandles;

namespace BatchRunner.Journaling.Guarding;

/// <summary>
/// How far this machine has seen a folder's journal go, kept outside of the folder. A journal that lacks that record was
/// brought back from an older copy, or is a copy whose other went on: it would pay again for what it does not know. On a
/// machine that never saw the folder there is nothing to hold against it, so a folder may be moved or restored anywhere.
/// </summary>
sealed class Witness(RunFolder folder, string outside) : IDisposable
{
    readonly string shown = $"\"folder\":\"{JsonEncodedText.Encode(folder.Root)}\"";
    string path = "";
    RunLock? held;
    Sight? last;
    bool isMet;
    SafeFileHandle? file;
    long length;

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

    public void Dispose()
    {
        file?.Dispose();
        held?.Dispose();
    }

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
            if (file is null && Path.Exists(path) && !FolderCheck.IsPlainFile(path))
            {
                return;
            }

            if (file is null)
            {
                Directory.CreateDirectory(outside);
                file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
                length = RandomAccess.GetLength(file);
            }

            // Over the one before, in one short write: a new file for every record would cost more than the record itself.
            using var line = LineOf(number, sum);
            while (line.Length < length)
            {
                line.WriteByte((byte)' ');
            }

            length = line.Length;
            RandomAccess.Write(file, line.GetBuffer().AsSpan(0, (int)line.Length), 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // An older one says less, and nothing that is wrong.
        }
    }

    // The journal's own frame tells half a line from a whole one. Made for every record: the folder's part is made once.
    MemoryStream LineOf(long number, uint sum)
    {
        var line = new MemoryStream(capacity: 256);
        RecordLine.Write(line, number, before: 0, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"last\":\"{sum:x8}\",{shown}}}")));
        return line;
    }

    Sight? Load()
    {
        try
        {
            var line = FolderCheck.IsPlainFile(path) ? File.ReadAllBytes(path).AsSpan().TrimEnd(" \n"u8) : [];
            if (!RecordLine.TrySplit(line, out var number, out _, out _)
                || !RecordLine.TryRead(line, number, before: 0, out _, out var rest))
            {
                // Half a line after a power loss: as if it had never been written.
                return null;
            }

            using var document = JsonDocument.Parse((byte[])[(byte)'{', .. rest]);
            var root = document.RootElement;
            return new Sight(
                number,
                uint.Parse(root.GetProperty("last").GetString() ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                root.GetProperty("folder").GetString() ?? "");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException
            or KeyNotFoundException or InvalidOperationException or FormatException or OverflowException)
        {
            return null;
        }
    }

    sealed record Sight(long Number, uint Sum, string Folder);
}
