namespace BatchRunner.Diagnostics;

/// <summary>Finds the word somebody probably meant.</summary>
static class Nearest
{
    /// <summary>The nearest of the words valid here within two edits (one for words up to three letters), or null.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var bound = word.Length <= 3 ? 1 : 2;
        string? best = null;
        var bestDistance = bound + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) > bound)
            {
                continue;
            }

            var distance = Distance(word, candidate);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>A hint of the form "did you mean `x`?", or null.</summary>
    public static string? Hint(string word, IEnumerable<string> candidates) =>
        To(word, candidates) is { } found ? $"did you mean `{found}`?" : null;

    // Insertions, deletions, replacements and swaps of neighbours each count one; case counts nothing.
    static int Distance(string a, string b)
    {
        int[] twoAbove, above = new int[b.Length + 1], row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            (twoAbove, above, row) = (above, row, new int[b.Length + 1]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    row[j] = Math.Min(row[j], twoAbove[j - 2] + 1);
                }
            }
        }

        return row[b.Length];
    }

    static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
