using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;

namespace BatchRunner.Chaos;

/// <summary>
/// The journal of a real run, cut at every byte and with every bit turned over. It is read or refused, never a crash; and
/// where it is read, no job whose create stands in a record that is whole would be submitted again.
/// </summary>
sealed class Damage(int records, int step, int seed, TextWriter output)
{
    const int RecordsOfOneJob = 6;

    readonly Figures figures = new("journal", seed, output);
    readonly List<(int Start, int End, int Job)> lines = [];
    readonly List<uint> sums = [0];
    int prefixes;
    int flips;
    int flipsRead;
    int flipsRefused;

    /// <summary>Runs the campaign; true if no invariant broke.</summary>
    public async Task<bool> Run()
    {
        var journal = await Make();
        Index(journal);
        figures.Count("records", lines.Count);
        figures.Count("bytes", journal.Length);
        Cut(journal);
        figures.Count("prefixes read", prefixes);
        await figures.Tell($"{prefixes} prefixes, {figures.BrokenCount} broken");
        await Flip(journal);
        figures.Count("single-bit flips", flips);
        figures.Count("single-bit flips read by the whole reader", flipsRead);
        figures.Count("refused", flipsRefused);
        await figures.Report();
        return figures.HaveHeld;
    }

    async Task<byte[]> Make()
    {
        await using var stage = await Stage.Set(Math.Max(1, records / RecordsOfOneJob * 7 / 5), seed);
        using var child = stage.Start([]);
        figures.Hold(await child.End(TimeSpan.FromMinutes(10)) == 0, "run", child.Said);
        var whole = await File.ReadAllBytesAsync(stage.Run.Journal);
        var end = 0;
        for (var record = 0; record < records && end < whole.Length; record++)
        {
            end += whole.AsSpan(end).IndexOf((byte)'\n') + 1;
        }

        return whole[..end];
    }

    void Index(byte[] journal)
    {
        for (var start = 0; start < journal.Length;)
        {
            var end = start + journal.AsSpan(start).IndexOf((byte)'\n');
            var record = JsonNode.Parse(journal.AsSpan(start, end - start))?.AsObject() ?? [];
            var isCreate = record["t"]?.GetValue<string>() is "intent" or "submitted";
            lines.Add((start, end, isCreate ? record["j"]?.GetValue<int>() ?? 0 : 0));
            RecordLine.TrySplit(journal.AsSpan(start, end - start), out _, out var sum, out _);
            sums.Add(sum);
            start = end + 1;
        }
    }

    void Cut(byte[] journal)
    {
        var whole = 0;
        for (var length = 0; length <= journal.Length; length++)
        {
            // A record that lacks nothing but its line end counts as whole.
            while (whole < lines.Count && lines[whole].End <= length)
            {
                whole++;
            }

            prefixes++;
            var place = new Place(length, null);
            var read = Read(journal, length, place);
            if (read is not { Damage: null })
            {
                figures.Broke(place.ToString(), "it was refused");
            }

            Check(read, whole, except: -1, place);
        }
    }

    async Task Flip(byte[] journal)
    {
        for (var line = 0; line < lines.Count; line++)
        {
            if (line % 100 == 0)
            {
                await figures.Tell($"record {line} of {lines.Count}, {flips} flips, {figures.BrokenCount} broken");
            }

            for (var at = lines[line].Start; at <= lines[line].End; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    journal[at] ^= (byte)(1 << bit);
                    FlipOne(journal, line, at, bit);
                    journal[at] ^= (byte)(1 << bit);
                }
            }
        }
    }

    // Whether the line is still taken for whole decides what the reader does; that is asked for every bit. The whole reader is
    // asked for every so many, and wherever a line end comes or goes.
    void FlipOne(byte[] journal, int line, int at, int bit)
    {
        var (start, end, _) = lines[line];
        var place = new Place(at, bit);
        var isLineEnd = at == end || journal[at] == (byte)'\n';
        flips++;
        if (!isLineEnd && RecordLine.TryRead(journal.AsSpan(start, end - start), line + 1, sums[line], out _, out _))
        {
            figures.Broke(place.ToString(), $"record {line + 1} is taken for whole");
        }

        if (isLineEnd || ((at * 8) + bit) % step == 0)
        {
            flipsRead++;
            var read = Read(journal, journal.Length, place);
            flipsRefused += read?.Damage is null ? 0 : 1;
            Check(read, lines.Count, except: line, place);
        }
    }

    JournalReader? Read(byte[] journal, int length, Place place)
    {
        try
        {
            using var stream = new MemoryStream(journal, 0, length, writable: false);
            return JournalReader.Read(stream);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            figures.Broke(place.ToString(), $"the reader broke: {error.Message}");
            return null;
        }
    }

    // A journal that is refused stops the run, and nothing is submitted.
    void Check(JournalReader? read, int whole, int except, Place place)
    {
        if (read is not { Damage: null })
        {
            return;
        }

        for (var line = 0; line < whole; line++)
        {
            if (lines[line].Job is var job && job > 0 && line != except && WouldSubmit(read.Fold, job))
            {
                figures.Broke(place.ToString(), $"job {job} would be submitted, though record {line + 1} is whole");
            }
        }
    }

    static bool WouldSubmit(JournalFold fold, int job) =>
        job > fold.Count || JobLife.Decide(fold.At(job).State, new Policy(), DateTimeOffset.MaxValue) is NextStep.Submit;

    // Where the journal is damaged; said only if something breaks, for there are millions.
    readonly record struct Place(int Byte, int? Bit)
    {
        public override string ToString() => Bit is { } bit
            ? string.Create(CultureInfo.InvariantCulture, $"bit {bit} of byte {Byte}")
            : string.Create(CultureInfo.InvariantCulture, $"prefix of {Byte} bytes");
    }
}
