namespace BatchRunner.Simulator.Media.Video;

/// <summary>The code tables of H.264 clause 9.2 that a DC-only picture needs, as (length, code).</summary>
static class CavlcTables
{
    // Table 9-5, 0 <= nC < 2: by trailing ones, then by coefficients.
    static readonly byte[][] LumaTokenLengths =
    [
        [1, 6, 8, 9, 10, 11, 13, 13, 13, 14, 14, 15, 15, 16, 16, 16, 16],
        [0, 2, 6, 8, 9, 10, 11, 13, 13, 14, 14, 15, 15, 15, 16, 16, 16],
        [0, 0, 3, 7, 8, 9, 10, 11, 13, 13, 14, 14, 15, 15, 16, 16, 16],
        [0, 0, 0, 5, 6, 7, 8, 9, 10, 11, 13, 14, 14, 15, 15, 16, 16],
    ];

    static readonly byte[][] LumaTokenCodes =
    [
        [1, 5, 7, 7, 7, 7, 15, 11, 8, 15, 11, 15, 11, 15, 11, 7, 4],
        [0, 1, 4, 6, 6, 6, 6, 14, 10, 14, 10, 14, 10, 1, 14, 10, 6],
        [0, 0, 1, 5, 5, 5, 5, 5, 13, 9, 13, 9, 13, 9, 13, 9, 5],
        [0, 0, 0, 3, 3, 4, 4, 4, 4, 4, 12, 12, 8, 12, 8, 12, 8],
    ];

    // Table 9-5, nC = -1.
    static readonly byte[][] ChromaTokenLengths = [[2, 6, 6, 6, 6], [0, 1, 6, 7, 8], [0, 0, 3, 7, 8], [0, 0, 0, 6, 7]];

    static readonly byte[][] ChromaTokenCodes = [[1, 7, 4, 3, 2], [0, 1, 6, 3, 3], [0, 0, 1, 2, 2], [0, 0, 0, 5, 0]];

    // Tables 9-7 and 9-8: by coefficients less one, then by zeros.
    static readonly byte[][] LumaZerosLengths =
    [
        [1, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 9],
        [3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 6, 6, 6, 6],
        [4, 3, 3, 3, 4, 4, 3, 3, 4, 5, 5, 6, 5, 6],
        [5, 3, 4, 4, 3, 3, 3, 4, 3, 4, 5, 5, 5],
        [4, 4, 4, 3, 3, 3, 3, 3, 4, 5, 4, 5],
        [6, 5, 3, 3, 3, 3, 3, 3, 4, 3, 6],
        [6, 5, 3, 3, 3, 2, 3, 4, 3, 6],
        [6, 4, 5, 3, 2, 2, 3, 3, 6],
        [6, 6, 4, 2, 2, 3, 2, 5],
        [5, 5, 3, 2, 2, 2, 4],
        [4, 4, 3, 3, 1, 3],
        [4, 4, 2, 1, 3],
        [3, 3, 1, 2],
        [2, 2, 1],
        [1, 1],
    ];

    static readonly byte[][] LumaZerosCodes =
    [
        [1, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 1],
        [7, 6, 5, 4, 3, 5, 4, 3, 2, 3, 2, 3, 2, 1, 0],
        [5, 7, 6, 5, 4, 3, 4, 3, 2, 3, 2, 1, 1, 0],
        [3, 7, 5, 4, 6, 5, 4, 3, 3, 2, 2, 1, 0],
        [5, 4, 3, 7, 6, 5, 4, 3, 2, 1, 1, 0],
        [1, 1, 7, 6, 5, 4, 3, 2, 1, 1, 0],
        [1, 1, 5, 4, 3, 3, 2, 1, 1, 0],
        [1, 1, 1, 3, 3, 2, 2, 1, 0],
        [1, 0, 1, 3, 2, 1, 1, 1],
        [1, 0, 1, 3, 2, 1, 1],
        [0, 1, 1, 2, 1, 3],
        [0, 1, 1, 1, 1],
        [0, 1, 1, 1],
        [0, 1, 1],
        [0, 1],
    ];

    // Table 9-9 (a).
    static readonly byte[][] ChromaZerosLengths = [[1, 2, 3, 3], [1, 2, 2], [1, 1]];

    static readonly byte[][] ChromaZerosCodes = [[1, 1, 1, 0], [1, 1, 0], [1, 0]];

    // Table 9-10: by zeros left less one (7 and more are one row), then by run.
    static readonly byte[][] RunLengths =
    [
        [1, 1],
        [1, 2, 2],
        [2, 2, 2, 2],
        [2, 2, 2, 3, 3],
        [2, 2, 3, 3, 3, 3],
        [2, 3, 3, 3, 3, 3, 3],
        [3, 3, 3, 3, 3, 3, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    ];

    static readonly byte[][] RunCodes =
    [
        [1, 0],
        [1, 1, 0],
        [3, 2, 1, 0],
        [3, 2, 1, 1, 0],
        [3, 2, 3, 2, 1, 0],
        [3, 0, 1, 3, 2, 5, 4],
        [7, 6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ];

    /// <summary>coeff_token of a block of 16 (luma) or 4 (chroma) DC levels.</summary>
    public static (byte Length, byte Code) Token(bool isChroma, int trailingOnes, int count) => isChroma
        ? (ChromaTokenLengths[trailingOnes][count], ChromaTokenCodes[trailingOnes][count])
        : (LumaTokenLengths[trailingOnes][count], LumaTokenCodes[trailingOnes][count]);

    /// <summary>total_zeros.</summary>
    public static (byte Length, byte Code) Zeros(bool isChroma, int count, int zeros) => isChroma
        ? (ChromaZerosLengths[count - 1][zeros], ChromaZerosCodes[count - 1][zeros])
        : (LumaZerosLengths[count - 1][zeros], LumaZerosCodes[count - 1][zeros]);

    /// <summary>run_before.</summary>
    public static (byte Length, byte Code) Run(int zerosLeft, int run)
    {
        var row = Math.Min(zerosLeft, 7) - 1;
        return (RunLengths[row][run], RunCodes[row][run]);
    }
}
