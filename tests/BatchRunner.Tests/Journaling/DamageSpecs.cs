using BatchRunner.Jobs;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Records;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Journaling;

public class DamageSpecs
{
    [Fact]
    public async Task A_journal_cut_at_any_byte_opens_and_forgets_no_id_before_the_cut()
    {
        var whole = await Made(3);
        for (var length = 0; length <= whole.Length; length++)
        {
            using var stream = new MemoryStream(whole, 0, length);

            var reader = JournalReader.Read(stream);

            Assert.Null(reader.Damage);
            Assert.Equal(length, reader.Length + reader.TornBytes);
            AssertIdsSurvive(whole.AsSpan(0, (int)reader.Length), reader);
        }
    }

    [Fact]
    public async Task No_flipped_bit_makes_a_job_ready_whose_id_is_in_the_undamaged_part()
    {
        var whole = await Made(2);
        for (var place = 0; place < whole.Length; place++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                whole[place] ^= (byte)(1 << bit);
                using var stream = new MemoryStream(whole, writable: false);

                var reader = JournalReader.Read(stream);

                // Only the last line's end may be wrong without stopping everything: the record before it is whole.
                Assert.True(
                    reader.Damage is not null || place == whole.Length - 1,
                    $"bit {bit} of byte {place} went unnoticed");
                Assert.True(reader.Damage is null || reader.Damage.Offset <= place);
                AssertIdsSurvive(whole.AsSpan(0, (int)Math.Min(reader.Length, place)), reader);
                whole[place] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public async Task A_line_that_is_missing_doubled_or_moved_is_damage()
    {
        var lines = System.Text.Encoding.UTF8.GetString(await Made(2)).Split('\n')[..^1];
        for (var i = 0; i < lines.Length - 1; i++)
        {
            Assert.NotNull(ReadLines([.. lines[..i], .. lines[(i + 1)..]]).Damage);
            Assert.NotNull(ReadLines([.. lines[..(i + 1)], .. lines[i..]]).Damage);
            Assert.NotNull(ReadLines([.. lines[..i], lines[i + 1], lines[i], .. lines[(i + 2)..]]).Damage);
        }
    }

    [Fact]
    public async Task A_newer_format_is_refused_and_said_so()
    {
        var text = System.Text.Encoding.UTF8.GetString(await Made(1));
        var header = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        using var line = new MemoryStream();
        var payload = "{" + header[header.IndexOf("\"at\"", StringComparison.Ordinal)..].Replace("\"format\":1", "\"format\":2", StringComparison.Ordinal);
        BatchRunner.Journaling.Records.RecordLine.Write(line, 1, 0, System.Text.Encoding.UTF8.GetBytes(payload));
        line.Position = 0;

        Assert.True(JournalReader.Read(line).Damage?.IsNewer);
    }

    [Theory]
    [InlineData("\"keyVersion\":1", "\"keyVersion\":2", "BR0811", FolderTrouble.Usage)]
    [InlineData("\"format\":1", "\"format\":2", "BR0802", FolderTrouble.Damaged)]
    public async Task A_folder_of_a_newer_version_is_refused_and_left_as_it_is(string ours, string newer, string code, object trouble)
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        var header = (await File.ReadAllLinesAsync(bench.Folder.Journal, TestContext.Current.CancellationToken))[0];
        using var line = new MemoryStream();
        RecordLine.Write(line, 1, 0, System.Text.Encoding.UTF8.GetBytes(
            "{" + header[header.IndexOf("\"at\"", StringComparison.Ordinal)..].Replace(ours, newer, StringComparison.Ordinal)));
        await File.WriteAllBytesAsync(bench.Folder.Journal, line.ToArray(), TestContext.Current.CancellationToken);

        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock));

        Assert.Equal((trouble, code), (refused.Trouble, refused.Problem.Code));
        Assert.StartsWith("update BatchRunner", refused.Problem.Hint, StringComparison.Ordinal);
        Assert.Equal(line.ToArray(), await File.ReadAllBytesAsync(bench.Folder.Journal, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_whole_record_that_nobody_here_writes_is_not_called_newer_only()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(1));
        var lines = (await File.ReadAllBytesAsync(bench.Folder.Journal, TestContext.Current.CancellationToken)).AsSpan();
        var header = lines[..lines.IndexOf((byte)'\n')].ToArray();
        Assert.True(RecordLine.TryRead(header, 1, 0, out var sum, out _));
        using var line = new MemoryStream();
        line.Write([.. header, (byte)'\n']);
        RecordLine.Write(line, 2, sum, """{"at":"2026-11-20T09:00:00Z","t":"gift","j":1}"""u8);
        await File.WriteAllBytesAsync(bench.Folder.Journal, line.ToArray(), TestContext.Current.CancellationToken);

        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock)).Problem;

        Assert.Equal("BR0802", refused.Code);
        Assert.Contains($"from record 2 on, at byte {header.Length + 1}: a newer one wrote it, or somebody changed it", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Damage_in_the_middle_stops_with_the_file_and_the_place()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));
        var bytes = await File.ReadAllBytesAsync(bench.Folder.Journal, TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(bench.Folder.Journal, bytes, TestContext.Current.CancellationToken);

        var refused = Assert.IsType<OpenAnswer.Refused>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock));

        Assert.Equal(FolderTrouble.Damaged, refused.Trouble);
        Assert.Equal("BR0801", refused.Problem.Code);
        Assert.Contains("journal.jsonl` is damaged: record ", refused.Problem.Message, StringComparison.Ordinal);
        Assert.Contains("at byte ", refused.Problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_torn_tail_is_cut_kept_aside_and_reported()
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(2));
        var before = bench.Journal;
        await File.AppendAllTextAsync(bench.Folder.Journal, "{\"seq\":99,\"su", TestContext.Current.CancellationToken);

        var opened = Assert.IsType<OpenAnswer.Opened>(await Journal.Open(bench.Folder, bench.Terms, bench.Disk, bench.Clock));
        await opened.Store.DisposeAsync();

        Assert.Equal("BR0809", Assert.Single(opened.Notes).Code);
        Assert.Equal("{\"seq\":99,\"su", await File.ReadAllTextAsync(
            Directory.GetFiles(bench.Folder.Hidden, "journal.torn-*").Single(), TestContext.Current.CancellationToken));
        Assert.Equal(before.Spent, bench.Journal.Spent);
        Assert.Equal(0, bench.Journal.TornBytes);
    }

    static async Task<byte[]> Made(int jobs)
    {
        using var bench = new RunBench();
        await bench.Run(MadeJobs.Several(jobs));
        return await File.ReadAllBytesAsync(bench.Folder.Journal, TestContext.Current.CancellationToken);
    }

    static JournalReader ReadLines(IEnumerable<string> lines)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        return JournalReader.Read(stream);
    }

    // Found by looking at the text, not by the code under test.
    static void AssertIdsSurvive(ReadOnlySpan<byte> undamaged, JournalReader reader)
    {
        foreach (var line in System.Text.Encoding.UTF8.GetString(undamaged).Split('\n')[..^1])
        {
            if (line.Contains("\"t\":\"submitted\",\"j\":", StringComparison.Ordinal))
            {
                var job = int.Parse(line.Split("\"j\":")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);
                var state = reader.Fold.At(job).State;
                Assert.True(JobLife.Decide(state, new Policy(), Corpus.At) is not NextStep.Submit);
            }
        }
    }
}
