using System.Globalization;
using System.Numerics;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Matrices;

/// <summary>
/// An equality between an axis and earlier ones, by an index of the axis' values: 10,000 rows joined with 10,000 look at
/// 10,000 pairs. The index may offer too much, never too little: each pair is still asked.
/// </summary>
sealed class Join(Template ownSide, Template earlierSide)
{
    readonly Dictionary<string, List<int>> byKey = new(StringComparer.Ordinal);
    readonly List<int> always = [];

    public bool IsBuilt { get; private set; }

    /// <summary>Indexes the dimension's values.</summary>
    public void Build(int count, Action<int> bind, TemplateModel model, CancellationToken cancel)
    {
        for (var i = 0; i < count; i++)
        {
            bind(i);
            if (Key(ownSide.Evaluate(model, cancel)) is not { } key)
            {
                always.Add(i);
            }
            else if (byKey.TryGetValue(key, out var same))
            {
                same.Add(i);
            }
            else
            {
                byKey[key] = [i];
            }
        }

        IsBuilt = true;
    }

    /// <summary>The values that may be equal, in order; null: any of them.</summary>
    public IReadOnlyList<int>? Candidates(TemplateModel model, CancellationToken cancel)
    {
        if (Key(earlierSide.Evaluate(model, cancel)) is not { } key)
        {
            return null;
        }

        var equal = byKey.GetValueOrDefault(key);
        return equal is null ? always
            : always.Count == 0 ? equal
            : [.. equal.Concat(always).Order()];
    }

    // Numbers and texts that look alike share a key, as the language may call them equal.
    static string? Key(TemplateResult result) => result.Problem is not null ? null : result.Value switch
    {
        null => "null",
        bool truth => truth ? "=true" : "=false",
        Cell cell => TextKey(cell.Text),
        string text => TextKey(text),
        BigInteger number => TextKey(number.ToString(CultureInfo.InvariantCulture)),
        IFormattable number => TextKey(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => null,
    };

    static string TextKey(string text) =>
        text.Length < 30 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? "=" + number.ToString(CultureInfo.InvariantCulture)
            : "=" + text;
}
