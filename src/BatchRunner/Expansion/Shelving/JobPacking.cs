using BatchRunner.Diagnostics;

namespace BatchRunner.Expansion.Shelving;

/// <summary>How a job is written on a shelf and read again.</summary>
/// <param name="shared">What many jobs have in common.</param>
sealed class JobPacking(SharedValues shared)
{
    readonly FieldWriter fields = new();

    /// <summary>What is short of a job, as bytes until the next job is packed.</summary>
    public ReadOnlySpan<byte> Pack(JobSpec job)
    {
        fields.Clear();
        fields.Write(job.Index);
        fields.Write(job.Id);
        fields.Write(job.Output == job.Id ? null : job.Output);
        fields.Write(job.Take);
        WriteShared(job.Template);
        WriteShared(job.Endpoint);
        WriteShared(job.Model);
        WriteShared(job.Ratio);
        WriteShared(job.Extension);
        WriteShared(job.ScreenedBy);
        fields.Write(job.EstimatedCredits);
        fields.Write(job.Duration);
        fields.Write((decimal?)job.Seed);
        fields.Write(job.SharesWith);
        WriteShared(job.Place?.File);
        if (job.Place is { } place)
        {
            fields.Write(place.Line);
            fields.Write(place.Column);
            fields.Write(place.Length);
        }

        return fields.Written;
    }

    /// <summary>A job by what is short of it.</summary>
    public JobSpec Job(ReadOnlySpan<byte> packed, JobKey key)
    {
        var reader = new FieldReader(packed);
        var index = reader.Int();
        var id = reader.Text() ?? "";
        return new JobSpec
        {
            Index = index,
            Key = key,
            Id = id,
            Output = reader.Text() ?? id,
            Take = reader.Int(),
            Template = Word(ref reader),
            Endpoint = Word(ref reader) ?? "",
            Model = Word(ref reader) ?? "",
            Ratio = Word(ref reader),
            Extension = Word(ref reader) ?? "",
            ScreenedBy = Word(ref reader),
            EstimatedCredits = reader.Decimal(),
            Duration = reader.Decimal(),
            Seed = (long?)reader.Decimal(),
            SharesWith = reader.Text(),
            Place = shared.At(reader.Int()) is SourceFile file ? new SourcePlace(file, reader.Int(), reader.Int(), reader.Int()) : null,
            Request = "",
            Rows = [],
        };
    }

    /// <summary>What is long of a job, as bytes until the next job is packed.</summary>
    public ReadOnlySpan<byte> Pack(JobDetails details)
    {
        fields.Clear();
        fields.Write(details.Prompt);
        fields.Write(details.Request);
        fields.Write(details.Rows.Count);
        foreach (var row in details.Rows)
        {
            WriteShared(row.Axis);
            fields.Write(row.Label);
            WriteShared(row.Columns);
            fields.Write(row.Values.Count);
            foreach (var value in row.Values)
            {
                fields.Write(value);
            }
        }

        fields.Write(details.Inputs.Count);
        foreach (var input in details.Inputs)
        {
            fields.Write(input.Pointer);
            fields.Write(input.FullPath);
            fields.Write(input.Sha256);
            fields.Write(input.Bytes);
            fields.Write(input.ContentType);
            fields.Write(input.Url);
        }

        return fields.Written;
    }

    // Each part by itself: a table of prompts has no use for requests.
    public static string? Prompt(ReadOnlySpan<byte> packed) => new FieldReader(packed).Text();

    public static string Request(ReadOnlySpan<byte> packed)
    {
        var reader = new FieldReader(packed);
        reader.Skip();
        return reader.Text() ?? "";
    }

    public IReadOnlyList<AxisRow> Rows(ReadOnlySpan<byte> packed)
    {
        var reader = new FieldReader(packed);
        reader.Skip();
        reader.Skip();
        return Rows(ref reader);
    }

    public static IReadOnlyList<JobInput> Inputs(ReadOnlySpan<byte> packed)
    {
        var reader = new FieldReader(packed);
        reader.Skip();
        reader.Skip();
        for (var i = reader.Int(); i > 0; i--)
        {
            reader.Int();
            reader.Skip();
            reader.Int();
            for (var values = reader.Int(); values > 0; values--)
            {
                reader.Skip();
            }
        }

        var inputs = reader.Int() is > 0 and var count ? new JobInput[count] : [];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new JobInput(reader.Text() ?? "", reader.Text(), reader.Text(), reader.Long(), reader.Text(), reader.Text());
        }

        return inputs;
    }

    AxisRow[] Rows(ref FieldReader reader)
    {
        var rows = new AxisRow[reader.Int()];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(ref reader);
        }

        return rows;
    }

    AxisRow Row(ref FieldReader reader)
    {
        var (axis, label) = (Word(ref reader) ?? "", reader.Text() ?? "");
        var columns = (IReadOnlyList<string>?)shared.At(reader.Int()) ?? [];
        var values = new string?[reader.Int()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.Text();
        }

        return new AxisRow(axis, label, columns, values);
    }

    void WriteShared(object? value) => fields.Write(shared.NumberOf(value));

    string? Word(ref FieldReader reader) => (string?)shared.At(reader.Int());
}
