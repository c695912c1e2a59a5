using System.Buffers;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Jobs;

namespace BatchRunner.Journaling.Records;

/// <summary>The members of any record but the large ones, as they stand. What is missing is null or nothing.</summary>
struct RecordFields
{
    public DateTimeOffset At;
    public string? Type;
    public int Job;
    public int Fence;
    public int Number;
    public int Take;
    public int Format;
    public int KeyVersion;
    public int Daily;
    public int DailyAfter;
    public int? Shares;
    public long Bytes;
    public long? Seed;
    public decimal? Credits;
    public decimal? Cost;
    public decimal? Ran;
    public decimal? Duration;
    public DateOnly? Catalogue;
    public decimal Balance;
    public decimal BalanceAfter;
    public bool Repeat;
    public bool Superseded;
    public string? Task;
    public string? Why;
    public string? Status;
    public string? Code;
    public string? Class;
    public string? By;
    public JobKey? Key;
    public string? Id;
    public string? Output;
    public string? Template;
    public string? Endpoint;
    public string? Model;
    public string? Extension;
    public string? Prompt;
    public string? Ratio;
    public string? SharesWith;
    public string? Name;
    public string? Tool;
    public string? Folder;
    public string? Against;
    public string? Request;
    public string? Origin;
    public List<JobFile>? Files;
    public List<int>? Order;
    public List<string>? Columns;
    public IReadOnlyList<AxisRow>? Rows;

    /// <summary>Reads a member whose name the reader stands on. Throws <see cref="JsonException"/> or a format's exception.</summary>
    public void Read(ref Utf8JsonReader json, ReadOnlySpan<byte> line, Words words, SharedRows rows)
    {
        var name = json.ValueSpan;
        if (name.SequenceEqual("at"u8))
        {
            json.Read();
            At = json.GetDateTimeOffset();
        }
        else if (name.SequenceEqual("t"u8))
        {
            Type = Text(ref json, words);
        }
        else if (name.SequenceEqual("j"u8))
        {
            Job = Integer(ref json);
        }
        else if (name.SequenceEqual("f"u8))
        {
            Fence = Integer(ref json);
        }
        else if (!ReadOfEvent(ref json, name, words) && !ReadOfJob(ref json, name, line, words, rows)
            && !ReadOfHeader(ref json, name, line))
        {
            // A member a later version added to a record we know: its format would be newer if it changed a meaning.
            json.Read();
            json.Skip();
        }
    }

    bool ReadOfEvent(ref Utf8JsonReader json, ReadOnlySpan<byte> name, Words words)
    {
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("by"u8): By = Text(ref json, words); return true;
            case 3 when name.SequenceEqual("why"u8): Why = Text(ref json); return true;
            case 3 when name.SequenceEqual("ran"u8): Ran = Decimal(ref json); return true;
            case 4 when name.SequenceEqual("task"u8): Task = Text(ref json); return true;
            case 4 when name.SequenceEqual("cost"u8): Cost = Decimal(ref json); return true;
            case 4 when name.SequenceEqual("code"u8): Code = Text(ref json, words); return true;
            case 5 when name.SequenceEqual("class"u8): Class = Text(ref json, words); return true;
            case 5 when name.SequenceEqual("files"u8): Files = ReadFiles(ref json); return true;
            case 5 when name.SequenceEqual("daily"u8): Daily = Integer(ref json); return true;
            case 5 when name.SequenceEqual("bytes"u8): Bytes = Long(ref json); return true;
            case 6 when name.SequenceEqual("status"u8): Status = Text(ref json, words); return true;
            case 6 when name.SequenceEqual("repeat"u8): Repeat = Boolean(ref json); return true;
            case 7 when name.SequenceEqual("credits"u8): Credits = Decimal(ref json); return true;
            case 7 when name.SequenceEqual("balance"u8): Balance = Decimal(ref json); return true;
            case 9 when name.SequenceEqual("catalogue"u8): Catalogue = Day(ref json); return true;
            case 10 when name.SequenceEqual("superseded"u8): Superseded = Boolean(ref json); return true;
            case 10 when name.SequenceEqual("dailyAfter"u8): DailyAfter = Integer(ref json); return true;
            case 12 when name.SequenceEqual("balanceAfter"u8): BalanceAfter = Decimal(ref json); return true;
            default: return false;
        }
    }

    bool ReadOfJob(
        ref Utf8JsonReader json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> line, Words words, SharedRows rows)
    {
        switch (name.Length)
        {
            case 2 when name.SequenceEqual("id"u8): Id = Text(ref json); return true;
            case 3 when name.SequenceEqual("key"u8): Key = ReadKey(ref json); return true;
            case 4 when name.SequenceEqual("take"u8): Take = Integer(ref json); return true;
            case 4 when name.SequenceEqual("seed"u8): Seed = Long(ref json); return true;
            case 4 when name.SequenceEqual("rows"u8): Rows = rows.Read(ref json, words); return true;
            case 5 when name.SequenceEqual("model"u8): Model = Text(ref json, words); return true;
            case 5 when name.SequenceEqual("ratio"u8): Ratio = Text(ref json, words); return true;
            case 6 when name.SequenceEqual("output"u8): Output = Text(ref json); return true;
            case 6 when name.SequenceEqual("prompt"u8): Prompt = Text(ref json); return true;
            case 6 when name.SequenceEqual("shares"u8): Shares = Integer(ref json); return true;
            case 7 when name.SequenceEqual("request"u8): Request = ReadRaw(ref json, line); return true;
            case 8 when name.SequenceEqual("template"u8): Template = Text(ref json, words); return true;
            case 8 when name.SequenceEqual("endpoint"u8): Endpoint = Text(ref json, words); return true;
            case 8 when name.SequenceEqual("duration"u8): Duration = Decimal(ref json); return true;
            case 9 when name.SequenceEqual("extension"u8): Extension = Text(ref json, words); return true;
            case 10 when name.SequenceEqual("sharesWith"u8): SharesWith = Text(ref json); return true;
            default: return false;
        }
    }

    bool ReadOfHeader(ref Utf8JsonReader json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> line)
    {
        switch (name.Length)
        {
            case 1 when name.SequenceEqual("n"u8): Number = Integer(ref json); return true;
            case 4 when name.SequenceEqual("name"u8): Name = Text(ref json); return true;
            case 4 when name.SequenceEqual("tool"u8): Tool = Text(ref json); return true;
            case 5 when name.SequenceEqual("order"u8): Order = ReadOrder(ref json); return true;
            case 6 when name.SequenceEqual("format"u8): Format = Integer(ref json); return true;
            case 6 when name.SequenceEqual("origin"u8): Origin = ReadRaw(ref json, line); return true;
            case 6 when name.SequenceEqual("folder"u8): Folder = Text(ref json); return true;
            case 7 when name.SequenceEqual("columns"u8): Columns = ReadColumns(ref json); return true;
            case 7 when name.SequenceEqual("against"u8): Against = Text(ref json); return true;
            case 10 when name.SequenceEqual("keyVersion"u8): KeyVersion = Integer(ref json); return true;
            default: return false;
        }
    }

    static string? Text(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetString();
    }

    static string? Text(ref Utf8JsonReader json, Words words)
    {
        json.Read();
        return words.Read(ref json);
    }

    static int Integer(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt32();
    }

    static long Long(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetInt64();
    }

    static decimal Decimal(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetDecimal();
    }

    static DateOnly Day(ref Utf8JsonReader json)
    {
        json.Read();
        return DateOnly.ParseExact(json.GetString() ?? "", "O", System.Globalization.CultureInfo.InvariantCulture);
    }

    static bool Boolean(ref Utf8JsonReader json)
    {
        json.Read();
        return json.GetBoolean();
    }

    // The bytes as they were written: what is hashed and sent must not be spelled anew.
    static string ReadRaw(ref Utf8JsonReader json, ReadOnlySpan<byte> line)
    {
        json.Read();
        var start = (int)json.TokenStartIndex;
        json.Skip();
        return System.Text.Encoding.UTF8.GetString(line[start..(int)json.BytesConsumed]);
    }

    static List<JobFile> ReadFiles(ref Utf8JsonReader json)
    {
        var files = new List<JobFile>(1);
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            var path = Text(ref json) ?? "";
            if (!RunFolder.Holds(path))
            {
                // We never wrote it: somebody wants a file of this machine moved into the folder.
                throw new JsonException("a path that leaves the folder");
            }

            var bytes = Long(ref json);
            files.Add(new JobFile(path, bytes, Text(ref json) ?? ""));
            json.Read();
        }

        return files;
    }

    static JobKey ReadKey(ref Utf8JsonReader json)
    {
        json.Read();
        Span<byte> hash = stackalloc byte[32];
        return json.TokenType == JsonTokenType.String && json.ValueSpan.Length == 64
            && Convert.FromHexString(json.ValueSpan, hash, out _, out _) == OperationStatus.Done
            ? new JobKey(hash)
            : new JobKey(json.GetString() ?? "");
    }

    static List<int> ReadOrder(ref Utf8JsonReader json)
    {
        var order = new List<int>();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.Number)
        {
            var first = json.GetInt32();
            var last = Integer(ref json);
            for (var number = first; number <= last; number++)
            {
                order.Add(number);
            }
        }

        return order;
    }

    static List<string> ReadColumns(ref Utf8JsonReader json)
    {
        var columns = new List<string>();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.String)
        {
            columns.Add(json.GetString() ?? "");
        }

        return columns;
    }
}
