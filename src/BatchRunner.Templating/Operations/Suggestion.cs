namespace BatchRunner.Templating.Operations;

/// <summary>The name somebody probably meant: within two edits of what was written.</summary>
static class Suggestion
{
    const int MostEdits = 2;

    /// <summary>A hint, or null if no name is near.</summary>
    public static string? For(string written, IEnumerable<string> known)
    {
        string? best = null;
        var bestDistance = Math.Min(MostEdits, written.Length / 2) + 1;
        foreach (var name in known.Take(1000))
        {
            var distance = string.Equals(name, written, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(written, name, bestDistance);
            if (distance < bestDistance && name != written)
            {
                (best, bestDistance) = (name, distance);
            }
        }

        return best is null ? null : $"did you mean `{best}`?";
    }

    static int Distance(string a, string b, int bound)
    {
        if (Math.Abs(a.Length - b.Length) >= bound || a.Length > 200)
        {
            return bound;
        }

        var before = new int[b.Length + 1];
        var row = new int[b.Length + 1];
        var beforeThat = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            before[j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = before[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(before[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeThat[j - 2] + 1);
                }
            }

            (beforeThat, before, row) = (before, row, beforeThat);
        }

        return before[b.Length];
    }
}
