using System.Globalization;

namespace BatchRunner.Benchmarks;

/// <summary>What stands behind the command: `--name value`.</summary>
sealed class Options
{
    readonly Dictionary<string, string> values;

    public Options(IEnumerable<string> words) => values = words.Chunk(2).Where(pair => pair.Length == 2)
        .ToDictionary(pair => pair[0].TrimStart('-'), pair => pair[1], StringComparer.Ordinal);

    public string? Text(string name) => values.GetValueOrDefault(name);

    public int Number(string name, int otherwise) =>
        values.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Numbers parted by commas.</summary>
    public IReadOnlyList<int> Numbers(string name, params int[] otherwise) => values.TryGetValue(name, out var text)
        ? [.. text.Split(',').Select(one => int.Parse(one, CultureInfo.InvariantCulture))]
        : otherwise;
}
