namespace BatchRunner.Expansion.Sources.Sheets;

/// <summary>Finds the cells of one raw record again, and the quote that is never closed. CsvHelper parses; this only points.</summary>
readonly ref struct RecordScan(ReadOnlySpan<byte> record, byte delimiter)
{
    readonly ReadOnlySpan<byte> record = record;

    /// <summary>Where a cell stands within the record, quotes included; past the last cell: the record's end.</summary>
    public (int Start, int Length) Cell(int index)
    {
        var position = 0;
        for (var i = 0; i < index && position <= record.Length; i++)
        {
            position = CellEnd(position) + 1;
        }

        if (position > record.Length)
        {
            return (record.Length, 0);
        }

        var cell = record[position..CellEnd(position)];
        var blanks = cell.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return blanks < 0 ? (position, cell.Length) : (position + blanks, cell[blanks..].TrimEnd(" \t"u8).Length);
    }

    /// <summary>The opening quote of the cell that is never closed, or -1.</summary>
    public int UnclosedQuote()
    {
        for (var position = 0; position <= record.Length;)
        {
            var open = OpeningQuote(position);
            if (open >= 0 && ClosingQuote(open) < 0)
            {
                return open;
            }

            position = CellEnd(position) + 1;
        }

        return -1;
    }

    /// <summary>The first cell with something behind its closing quote: where it opens, and what stands behind; or -1 twice.</summary>
    public (int Open, int Behind) TextBehindQuote()
    {
        for (var position = 0; position <= record.Length;)
        {
            var open = OpeningQuote(position);
            var close = open < 0 ? -1 : ClosingQuote(open);
            if (close >= 0)
            {
                var behind = record[(close + 1)..].IndexOfAnyExcept((byte)' ', delimiter == '\t' ? (byte)' ' : (byte)'\t');
                if (behind >= 0 && record[close + 1 + behind] != delimiter)
                {
                    return (open, close + 1 + behind);
                }
            }

            position = CellEnd(position) + 1;
        }

        return (-1, -1);
    }

    int OpeningQuote(int cell)
    {
        var blanks = record[cell..].IndexOfAnyExcept((byte)' ', delimiter == '\t' ? (byte)' ' : (byte)'\t');
        return blanks >= 0 && record[cell + blanks] == '"' ? cell + blanks : -1;
    }

    int ClosingQuote(int open)
    {
        for (var i = open + 1; i < record.Length; i++)
        {
            if (record[i] != '"')
            {
                continue;
            }

            if (i + 1 == record.Length || record[i + 1] != '"')
            {
                return i;
            }

            i++;
        }

        return -1;
    }

    int CellEnd(int cell)
    {
        var open = OpeningQuote(cell);
        var from = open < 0 ? cell : ClosingQuote(open) is var close and >= 0 ? close + 1 : record.Length;
        var next = record[from..].IndexOf(delimiter);
        return next < 0 ? record.Length : from + next;
    }
}
