using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.Tests.Architecture;

namespace BatchRunner.Tests.Journaling;

/// <summary>
/// A journal of every format there ever was, as the version that introduced it wrote it. People keep folders for years: each
/// is read for ever. BATCHRUNNER_ACCEPT=1 writes the newest one if it is not there yet; none is ever written again.
/// </summary>
public class GoldenJournalSpecs
{
    public static TheoryData<int> Formats => [.. Enumerable.Range(1, JournalHeader.NewestFormat)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_journal_of_an_older_format_is_read(int format)
    {
        var path = Path.Combine(Repository.Root, "tests", "BatchRunner.Tests", "Journaling", "Golden", $"format-{format}.jsonl");
        if (!File.Exists(path) && Environment.GetEnvironmentVariable("BATCHRUNNER_ACCEPT") == "1")
        {
            Write(path);
        }

        var events = new List<JobEvent>();
        using var stream = File.OpenRead(path);
        var reader = JournalReader.Read(stream, onHappened: happened => events.Add(happened.Event));

        Assert.Null(reader.Damage);
        Assert.Equal(0, reader.TornBytes);
        Assert.Equal(format, reader.Fold.Header?.Format);
        Assert.Equal([1, 2], reader.Fold.Order);
        Assert.Equal(["a/b.mp4", "a/b-2.mp4"], events.OfType<JobEvent.Saved>().Single().Files.Select(file => file.Path));
        Assert.Equal(["9a8b", "9a8b"], events.OfType<JobEvent.Submitted>().Select(submitted => submitted.Task.Value));
        Assert.Equal(25.5m, events.OfType<JobEvent.Intended>().Single().Reserved);
        Assert.Equal("77", events.OfType<JobEvent.TaskFound>().Single().Task.Value);
        Assert.Equal((25m, "9a8b"), (reader.Fold.Spent, reader.Fold.At(1).State.Attempts.Single().Task?.Value));
    }

    static void Write(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path) ?? "");
        using var file = File.Create(path);
        using var writer = new RecordWriter();
        var (number, sum) = (0L, 0u);
        foreach (var record in Corpus.All)
        {
            if (record is JournalRecord.AxisNamed axis)
            {
                writer.Know(axis);
            }

            sum = RecordLine.Write(file, ++number, sum, writer.Write(record, Corpus.At));
        }
    }
}
