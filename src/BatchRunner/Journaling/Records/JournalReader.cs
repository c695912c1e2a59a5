namespace BatchRunner.Journaling.Records;

/// <summary>
/// Reads a journal from its start. A tail without a line end was never acknowledged and is left out; anything else that is
/// not as it was written is damage, and stops the reading with its place.
/// </summary>
sealed class JournalReader
{
    readonly JournalFold fold = new();
    readonly RecordParser parser = new();
    readonly Action<JournalRecord.AxisNamed>? onAxis;
    readonly Action<JournalRecord.Happened>? onHappened;
    readonly Action<JournalReader>? onRecord;

    JournalReader(
        Action<JournalRecord.AxisNamed>? onAxis, Action<JournalRecord.Happened>? onHappened, Action<JournalReader>? onRecord) =>
        (this.onAxis, this.onHappened, this.onRecord) = (onAxis, onHappened, onRecord);

    /// <summary>Number of the last whole record; 0: none.</summary>
    public long Number { get; private set; }

    /// <summary>The last whole record's sum.</summary>
    public uint Sum { get; private set; }

    /// <summary>Bytes of whole records; what follows is torn.</summary>
    public long Length { get; private set; }

    /// <summary>Bytes after the whole records.</summary>
    public long TornBytes { get; private set; }

    /// <summary>The last whole record lacks nothing but its line end.</summary>
    public bool LacksLineEnd { get; private set; }

    public JournalFold Fold => fold;

    /// <summary>What is wrong, or null.</summary>
    public JournalDamage? Damage { get; private set; }

    /// <summary>Reads all of it. Throws what the file system throws.</summary>
    public static JournalReader Read(
        Stream stream,
        Action<JournalRecord.AxisNamed>? onAxis = null,
        Action<JournalRecord.Happened>? onHappened = null,
        Action<JournalReader>? onRecord = null)
    {
        var reader = new JournalReader(onAxis, onHappened, onRecord);
        reader.ReadLines(stream);
        return reader;
    }

    void ReadLines(Stream stream)
    {
        var buffer = new byte[1 << 16];
        var (start, end) = (0, 0);
        while (true)
        {
            var window = buffer.AsSpan(start..end);
            var lineEnd = window.IndexOf((byte)'\n');
            if (lineEnd >= 0)
            {
                if (!Take(window[..lineEnd]))
                {
                    return;
                }

                Length += lineEnd + 1;
                start += lineEnd + 1;
                continue;
            }

            if (start > 0)
            {
                window.CopyTo(buffer);
                (start, end) = (0, end - start);
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            var read = stream.Read(buffer, end, buffer.Length - end);
            if (read == 0)
            {
                Leave(buffer.AsSpan(0, end));
                return;
            }

            end += read;
        }
    }

    bool Take(ReadOnlySpan<byte> line)
    {
        if (!RecordLine.TryRead(line, Number + 1, Sum, out var sum, out var members))
        {
            Damage = new JournalDamage(Number + 1, Length, IsNewer: false);
            return false;
        }

        var record = parser.Parse(line, line.Length - members.Length);
        if (record is JournalRecord.Headed { Header.Format: > JournalHeader.NewestFormat })
        {
            Damage = new JournalDamage(Number + 1, Length, IsNewer: true);
            return false;
        }

        // The first record must say what this is; and a whole record that means nothing to us was not written by us.
        if (record is null || (Number == 0 && record is not JournalRecord.Headed) || !fold.Apply(record))
        {
            Damage = new JournalDamage(Number + 1, Length, IsNewer: Number > 0 || record is null);
            return false;
        }

        if (record is JournalRecord.AxisNamed axis)
        {
            onAxis?.Invoke(axis);
        }

        if (record is JournalRecord.Happened happened)
        {
            onHappened?.Invoke(happened);
        }

        (Number, Sum) = (Number + 1, sum);
        onRecord?.Invoke(this);
        return true;
    }

    // The line end is the last byte of a write. A record that lacks only that (or has another byte there) is whole, and
    // may have been acknowledged: to drop it could forget an intent, so it is kept.
    void Leave(ReadOnlySpan<byte> tail)
    {
        TornBytes = tail.Length;
        if (tail is [.., (byte)'}'] && TryTake(tail))
        {
            (LacksLineEnd, TornBytes) = (true, 0);
            Length += tail.Length;
        }
        else if (tail.Length > 1 && tail[^2] == (byte)'}' && TryTake(tail[..^1]))
        {
            (LacksLineEnd, TornBytes) = (true, 1);
            Length += tail.Length - 1;
        }
    }

    bool TryTake(ReadOnlySpan<byte> line) =>
        RecordLine.TryRead(line, Number + 1, Sum, out _, out _) && Take(line);
}

/// <summary>A place where a journal is not as it was written.</summary>
/// <param name="Record">The first record that is wrong, from 1.</param>
/// <param name="Offset">Where its line starts, in bytes from 0.</param>
/// <param name="IsNewer">It is whole, but a newer version wrote it.</param>
sealed record JournalDamage(long Record, long Offset, bool IsNewer);
