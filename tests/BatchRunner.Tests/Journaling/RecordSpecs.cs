using System.Text;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Records;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

public class RecordSpecs
{
    [Fact]
    public void Every_record_reads_back_as_it_was_written()
    {
        using var writer = new RecordWriter();
        var parser = new RecordParser();
        foreach (var record in Corpus.All)
        {
            if (record is JournalRecord.AxisNamed axis)
            {
                writer.Know(axis);
            }

            var text = Encoding.UTF8.GetString(writer.Write(record, Corpus.At));
            var again = parser.Parse(Encoding.UTF8.GetBytes(text));

            Assert.True(again is not null, text);
            if (again is JournalRecord.AxisNamed read)
            {
                writer.Know(read);
            }

            Assert.Equal(text, Encoding.UTF8.GetString(writer.Write(again, Corpus.At)));
            Assert.DoesNotContain('\n', text);
        }
    }

    [Fact]
    public void Every_kind_of_event_is_in_the_corpus()
    {
        var kinds = typeof(JobEvent).GetNestedTypes().Select(type => type.Name).Order();
        var present = Corpus.All.OfType<JournalRecord.Happened>().Select(record => record.Event.GetType().Name).Distinct().Order();

        Assert.Equal(kinds, present);
    }

    [Fact]
    public void A_request_is_kept_to_the_byte()
    {
        using var writer = new RecordWriter();
        var spec = MadeJobs.Job(3, prompt: "caf\\u00e9 \\/ 1.0");
        foreach (var axis in writer.NewAxes(spec).ToList())
        {
            writer.Know(axis);
        }

        var parser = new RecordParser();
        parser.Parse(Copy(writer.Write(new JournalRecord.AxisNamed(1, "message", spec.Rows[0].Columns), Corpus.At)));
        var read = (JournalRecord.JobNamed?)parser.Parse(Copy(writer.Write(new JournalRecord.JobNamed(1, spec, null), Corpus.At)));

        Assert.Equal(spec.Request, read?.Spec.Request);
        Assert.Equal(spec.Rows[0].Values, read?.Spec.Rows[0].Values);
    }

    [Fact]
    public void A_secret_of_an_input_never_reaches_a_record()
    {
        using var writer = new RecordWriter();
        var spec = MadeJobs.Job(0) with
        {
            Rows = [],
            Inputs = [new("/promptImage", null, null, 0, null, "https://host/x.png?signature=CANARY")],
        };

        Assert.DoesNotContain("CANARY", Encoding.UTF8.GetString(writer.Write(new JournalRecord.JobNamed(1, spec, null), Corpus.At)), StringComparison.Ordinal);
    }

    static byte[] Copy(ReadOnlySpan<byte> bytes) => bytes.ToArray();
}
