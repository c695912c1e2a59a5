using BatchRunner.Diagnostics;

namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>A sheet as it was read: named columns and filled rows, each cell trimmed or null.</summary>
sealed class Sheet(SheetBytes bytes, char delimiter)
{
    int[] indexes = [];

    public SheetBytes Bytes { get; } = bytes;

    public char Delimiter { get; } = delimiter;

    /// <summary>The names of the columns, in order.</summary>
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public List<SheetRow> Rows { get; private set; } = [];

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
        if (kept.Count == header.Length)
        {
            return;
        }

        for (var i = 0; i < Rows.Count; i++)
        {
            var cells = Rows[i].Cells;
            Rows[i] = Rows[i] with { Cells = [.. kept.Select(k => cells[k])] };
        }
    }

    /// <summary>Hands the rows over: they are large, and kept once.</summary>
    public IReadOnlyList<SheetRow> TakeRows()
    {
        var rows = Rows;
        Rows = [];
        return rows;
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
