namespace BatchRunner.Expansion.Shelving;

/// <summary>What many jobs have in common (a model, a ratio, the columns of an axis), each kept once and called by a number.</summary>
sealed class SharedValues
{
    readonly Dictionary<object, int> numbers = [];
    readonly List<object?> values = [null];

    /// <summary>Its number; 0 for null.</summary>
    public int NumberOf(object? value)
    {
        if (value is null)
        {
            return 0;
        }

        if (!numbers.TryGetValue(value, out var number))
        {
            numbers[value] = number = values.Count;
            values.Add(value);
        }

        return number;
    }

    /// <summary>The value again.</summary>
    public object? At(int number) => values[number];
}
