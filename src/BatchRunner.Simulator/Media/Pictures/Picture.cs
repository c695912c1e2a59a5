namespace BatchRunner.Simulator.Media.Pictures;

/// <summary>A picture of flat cells of 4x4 pixels, each a palette index, filled up to whole macroblocks.</summary>
sealed class Picture
{
    public const int CellSize = 4;

    readonly byte[] cells;
    readonly int stride;

    public Picture(int width, int height)
    {
        (Width, Height) = (width, height);
        stride = (width + 15) / 16 * 4;
        cells = new byte[stride * ((height + 15) / 16 * 4)];
    }

    /// <summary>Pixels.</summary>
    public int Width { get; }

    /// <summary>Pixels.</summary>
    public int Height { get; }

    /// <summary>Cells that show, the last perhaps in part.</summary>
    public int Columns => (Width + CellSize - 1) / CellSize;

    public int Rows => (Height + CellSize - 1) / CellSize;

    public byte At(int column, int row) => cells[(row * stride) + column];

    /// <summary>Fills a rectangle; what is outside is cut off.</summary>
    public void Fill(int column, int row, int width, int height, byte colour)
    {
        var (left, right) = (Math.Max(column, 0), Math.Min(column + width, stride));
        for (var y = Math.Max(row, 0); y < Math.Min(row + height, cells.Length / stride) && left < right; y++)
        {
            cells.AsSpan((y * stride) + left, right - left).Fill(colour);
        }
    }

    public void CopyFrom(Picture other) => other.cells.CopyTo(cells, 0);

    /// <summary>Whether a row of macroblocks has the same cells in both.</summary>
    public bool IsRowSame(Picture other, int macroblockRow) =>
        cells.AsSpan(macroblockRow * 4 * stride, 4 * stride)
            .SequenceEqual(other.cells.AsSpan(macroblockRow * 4 * stride, 4 * stride));

    /// <summary>Whether a macroblock has the same cells in both.</summary>
    public bool IsSame(Picture other, int macroblockColumn, int macroblockRow)
    {
        for (var y = 0; y < 4; y++)
        {
            var at = (((macroblockRow * 4) + y) * stride) + (macroblockColumn * 4);
            if (!cells.AsSpan(at, 4).SequenceEqual(other.cells.AsSpan(at, 4)))
            {
                return false;
            }
        }

        return true;
    }
}
