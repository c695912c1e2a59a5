using System.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Journaling;

public class PlainEventsSpecs
{
    const string Task = "0b9a8c7d-1234-4abc-8def-0123456789ab";

    // What nearly every job's life is made of, in the forms that runs write.
    static readonly JobEvent[] Usual =
    [
        new JobEvent.Intended(Corpus.At, 1, 25),
        new JobEvent.Intended(Corpus.At, 12, 0, new DateOnly(2026, 2, 28)),
        new JobEvent.Submitted(Corpus.At, 1, new TaskId(Task), null),
        new JobEvent.Submitted(Corpus.At, 1, new TaskId(Task), 25.50m),
        new JobEvent.Seen(Corpus.At, 1, TaskStatus.Pending, null),
        new JobEvent.Seen(Corpus.At, 1, TaskStatus.Other, 0.05m),
        new JobEvent.Succeeded(Corpus.At, 1, null),
        new JobEvent.Succeeded(Corpus.At, 1, 25) { Ran = TimeSpan.FromSeconds(80.3) },
        new JobEvent.Saved(Corpus.At, 1, [new JobFile("clips/calm m01.mp4", 82_000, new string('a', 64))]),
    ];

    [Fact]
    public void The_events_of_every_job_are_read_from_their_bytes()
    {
        using var writer = new RecordWriter();
        foreach (var happened in Usual)
        {
            var record = writer.Write(new JournalRecord.Happened(7, happened), Corpus.At).ToArray();

            Assert.True(PlainEvents.Read(record.AsSpan(1)) is not null, Encoding.UTF8.GetString(record));
        }
    }

    [Fact]
    public void What_is_read_from_bytes_says_what_the_JSON_reader_says_whatever_byte_is_another()
    {
        using var writer = new RecordWriter();
        using var one = new RecordWriter();
        using var other = new RecordWriter();
        var parser = new RecordParser();
        var plain = 0;
        foreach (var happened in Usual.Concat(Corpus.All.OfType<JournalRecord.Happened>().Select(record => record.Event)))
        {
            var record = writer.Write(new JournalRecord.Happened(7, happened), Corpus.At).ToArray();
            for (var at = 1; at < record.Length; at++)
            {
                var was = record[at];
                foreach (var byteThere in "09-+.e \\\"}],:aZ\t\0é"u8)
                {
                    record[at] = byteThere;
                    if (PlainEvents.Read(record.AsSpan(1)) is { } read)
                    {
                        plain++;
                        var any = parser.ParseAny(record);
                        Assert.True(any is not null, Encoding.UTF8.GetString(record));
                        Assert.Equal(
                            Encoding.UTF8.GetString(one.Write(any, Corpus.At)), Encoding.UTF8.GetString(other.Write(read, Corpus.At)));
                    }
                }

                record[at] = was;
            }
        }

        Assert.True(plain > 1_000);
    }

    [Fact]
    public void A_path_that_leaves_the_folder_is_not_believed()
    {
        using var writer = new RecordWriter();
        var saved = new JobEvent.Saved(Corpus.At, 1, [new JobFile("../../etc/passwd", 1, "00")]);
        var record = writer.Write(new JournalRecord.Happened(1, saved), Corpus.At).ToArray();

        Assert.Null(PlainEvents.Read(record.AsSpan(1)));
        Assert.Null(new RecordParser().Parse(record));
    }
}
