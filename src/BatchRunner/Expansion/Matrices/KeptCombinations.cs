namespace BatchRunner.Expansion.Matrices;

/// <summary>Combinations one behind the other: for each axis the position of its value.</summary>
/// <param name="axes">How many axes there are.</param>
sealed class KeptCombinations(int axes)
{
    readonly List<int> positions = [];

    public int Count { get; private set; }

    /// <summary>A combination by its number, from 0.</summary>
    public int[] this[int number] => [.. positions.Slice(number * axes, axes)];

    public void Add(ReadOnlySpan<int> combination)
    {
        positions.AddRange(combination);
        Count++;
    }
}
