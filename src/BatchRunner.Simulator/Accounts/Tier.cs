namespace BatchRunner.Simulator.Accounts;

/// <summary>What an account of a tier may do with each model.</summary>
/// <param name="VideoSlots">Videos and sounds generated at once, per model.</param>
/// <param name="ImageSlots">Images generated at once, per model.</param>
/// <param name="VideoDaily">Videos and sounds in 24 hours, per model.</param>
/// <param name="ImageDaily">Images in 24 hours, per model.</param>
/// <param name="MonthlyDollars">Dollars of credits that can be bought in 30 days.</param>
sealed record Tier(int VideoSlots, int ImageSlots, int VideoDaily, int ImageDaily, int MonthlyDollars)
{
    static readonly Tier[] Table =
    [
        new(1, 2, 50, 200, 100),
        new(3, 3, 500, 1_000, 500),
        new(5, 5, 1_000, 2_000, 2_000),
        new(10, 10, 5_000, 10_000, 20_000),
        new(20, 20, 25_000, 30_000, 100_000),
    ];

    /// <summary>The tier by its number; a number outside 1 to 5 is the nearest.</summary>
    public static Tier Of(int number) => Table[Math.Clamp(number, 1, Table.Length) - 1];

    public int Slots(string outputKind) => outputKind == "image" ? ImageSlots : VideoSlots;

    public int Daily(string outputKind) => outputKind == "image" ? ImageDaily : VideoDaily;
}
