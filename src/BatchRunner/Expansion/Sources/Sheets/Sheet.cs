using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>
/// A sheet as it was read: named columns and filled rows, each cell trimmed or null. It knows where its rows begin, and reads
/// them again when they are looked at: a million of them would take five times the room of the file.
/// </summary>
sealed class Sheet(SheetBytes bytes, char delimiter)
{
    readonly List<int> starts = [];
    readonly List<int> lines = [];
    int[] indexes = [];
    PagedList<SheetRow>? rows;
    (IEnumerator<(string?[] Cells, int Line, int Start)>? Rows, int Next) reading;

    public SheetBytes Bytes { get; } = bytes;

    public char Delimiter { get; } = delimiter;

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public IReadOnlyList<SheetRow> Rows => rows ??= new PagedList<SheetRow>(starts.Count, RowsFrom);

    /// <summary>Rows with too few or too many cells, and how many they have.</summary>
    public List<(SheetRow Row, int Cells)> Misfits { get; } = [];

    public SheetRow Header { get; set; }

    /// <summary>Rows whose quotes are wrong.</summary>
    public int Malformed { get; set; }

    /// <summary>Takes the columns that have a name; the others are wholly blank.</summary>
    public void Keep(List<int> kept, string?[] header)
    {
        Columns = [.. kept.Select(i => header[i] ?? "")];
        indexes = [.. kept];
    }

    /// <summary>Takes a filled row that fits the header.</summary>
    public void Add(SheetRow row)
    {
        starts.Add(row.Start);
        lines.Add(row.Place.Line);
    }

    /// <summary>Some rows, read again. They are asked for in order mostly: then the reader goes on.</summary>
    public IReadOnlyList<SheetRow> RowsFrom(int first, int count)
    {
        if (reading.Rows is null || reading.Next != first)
        {
            reading.Rows?.Dispose();
            reading.Rows = SheetReader.Records(Bytes.Bytes[starts[first]..], Delimiter, null).GetEnumerator();
        }

        var some = new SheetRow[count];
        for (var i = 0; i < count; i++)
        {
            if (!reading.Rows.MoveNext())
            {
                throw new InvalidOperationException("a sheet that was read has fewer rows now");
            }

            var cells = reading.Rows.Current.Cells;
            some[i] = new SheetRow(
                [.. indexes.Select(index => index < cells.Length ? cells[index] : null)],
                new SourcePlace(Bytes.File, lines[first + i], 1),
                starts[first + i]);
        }

        reading.Next = first + count;
        if (reading.Next == starts.Count)
        {
            reading.Rows.Dispose();
            reading.Rows = null;
        }

        return some;
    }

    /// <summary>The place of a cell by its column.</summary>
    public SourcePlace CellOf(int rowStart, int line, int column) => Cell(rowStart, line, indexes[column]);

    /// <summary>The place of a cell by its position in the record.</summary>
    public SourcePlace Cell(SheetRow row, int position) => Cell(row.Start, row.Place.Line, position);

    SourcePlace Cell(int rowStart, int line, int position)
    {
        var (start, length) = new RecordScan(RecordFrom(rowStart), (byte)Delimiter).Cell(position);
        return Bytes.PlaceFrom(rowStart, line, start, length);
    }

    // To the line break that ends the record: one outside quotes.
    ReadOnlySpan<byte> RecordFrom(int start)
    {
        var rest = Bytes.Bytes.Span[start..];
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            quoted ^= rest[i] == '"';
            if (!quoted && rest[i] is (byte)'\n' or (byte)'\r')
            {
                return rest[..i];
            }
        }

        return rest;
    }
}

/// <summary>A filled row of a sheet.</summary>
/// <param name="Cells">By column; null where blank.</param>
/// <param name="Place">The line it starts on.</param>
/// <param name="Start">Where it starts, in bytes.</param>
readonly record struct SheetRow(string?[] Cells, SourcePlace Place, int Start);
