namespace BatchRunner.Simulator.Media.Video;

/// <summary>Writes a block of transform levels, as H.264 clause 9.2 reads them.</summary>
static class Cavlc
{
    /// <param name="bits">Where to.</param>
    /// <param name="levels">In zigzag order: 16 of luma or 4 of chroma. All its neighbours have no AC levels, so nC is 0.</param>
    /// <param name="isChroma">Which tables.</param>
    public static void Write(BitWriter bits, ReadOnlySpan<int> levels, bool isChroma)
    {
        Span<int> values = stackalloc int[16];
        Span<int> runs = stackalloc int[16];
        var (count, zeros) = Collect(levels, values, runs);
        var trailingOnes = 0;
        while (trailingOnes < Math.Min(count, 3) && Math.Abs(values[trailingOnes]) == 1)
        {
            trailingOnes++;
        }

        Put(bits, CavlcTables.Token(isChroma, trailingOnes, count));
        if (count == 0)
        {
            return;
        }

        for (var i = 0; i < trailingOnes; i++)
        {
            bits.Flag(values[i] < 0);
        }

        WriteLevels(bits, values[..count], trailingOnes);
        if (count == levels.Length)
        {
            return;
        }

        Put(bits, CavlcTables.Zeros(isChroma, count, zeros));
        for (var i = 0; i < count - 1 && zeros > 0; i++)
        {
            Put(bits, CavlcTables.Run(zeros, runs[i]));
            zeros -= runs[i];
        }
    }

    // Highest frequency first, each with the zeros that stand before it.
    static (int Count, int Zeros) Collect(ReadOnlySpan<int> levels, Span<int> values, Span<int> runs)
    {
        var count = 0;
        var zeros = 0;
        for (var i = levels.Length - 1; i >= 0; i--)
        {
            if (levels[i] != 0)
            {
                values[count] = levels[i];
                runs[count++] = 0;
            }
            else if (count > 0)
            {
                runs[count - 1]++;
                zeros++;
            }
        }

        return (count, zeros);
    }

    static void WriteLevels(BitWriter bits, ReadOnlySpan<int> values, int trailingOnes)
    {
        var suffixLength = values.Length > 10 && trailingOnes < 3 ? 1 : 0;
        for (var i = trailingOnes; i < values.Length; i++)
        {
            var code = values[i] > 0 ? (2 * values[i]) - 2 : (-2 * values[i]) - 1;
            if (i == trailingOnes && trailingOnes < 3)
            {
                code -= 2; // It can't be one of 1, or it would be a trailing one.
            }

            WriteLevel(bits, code, suffixLength);
            suffixLength = Math.Max(suffixLength, 1);
            if (Math.Abs(values[i]) > 3 << (suffixLength - 1) && suffixLength < 6)
            {
                suffixLength++;
            }
        }
    }

    static void WriteLevel(BitWriter bits, int code, int suffixLength)
    {
        var escape = suffixLength == 0 ? 30 : 15 << suffixLength;
        if (code >= escape)
        {
            bits.Bits(1, 16);
            bits.Bits((uint)(code - escape), 12);
        }
        else if (suffixLength == 0)
        {
            bits.Bits(1, Math.Min(code, 14) + 1);
            bits.Bits((uint)Math.Max(code - 14, 0), code < 14 ? 0 : 4);
        }
        else
        {
            bits.Bits(1, (code >> suffixLength) + 1);
            bits.Bits((uint)(code & ((1 << suffixLength) - 1)), suffixLength);
        }
    }

    static void Put(BitWriter bits, (byte Length, byte Code) entry) => bits.Bits(entry.Code, entry.Length);
}
