using System.Globalization;

namespace BatchRunner.Chaos;

/// <summary>What a campaign measured, and what it saw break.</summary>
sealed class Figures(string campaign, int seed, TextWriter output)
{
    const int MostTold = 40;

    readonly Dictionary<string, int> counts = [];
    readonly Dictionary<string, List<double>> times = [];
    readonly List<string> order = [];
    readonly List<string> broken = [];

    /// <summary>No invariant broke.</summary>
    public bool HaveHeld => broken.Count == 0;

    public int BrokenCount => broken.Count;

    public void Count(string what, int by = 1)
    {
        Remember(what);
        counts[what] = counts.GetValueOrDefault(what) + by;
    }

    public void Time(string what, TimeSpan time)
    {
        Remember(what);
        if (!times.TryGetValue(what, out var all))
        {
            times[what] = all = [];
        }

        all.Add(time.TotalMilliseconds);
    }

    public void Broke(string where, string sentence)
    {
        broken.Add($"{where}: {sentence}");
        output.WriteLine($"BROKEN {broken[^1]}");
    }

    public void Broke(string where, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            Broke(where, sentence);
        }
    }

    /// <summary>Notes a claim: counted as broken unless it holds.</summary>
    public void Hold(bool claim, string where, string otherwise)
    {
        if (!claim)
        {
            Broke(where, otherwise);
        }
    }

    /// <summary>Prints a line while the campaign goes on.</summary>
    public Task Tell(string line) => output.WriteLineAsync(line);

    /// <summary>Prints everything as a table.</summary>
    public async Task Report()
    {
        await output.WriteLineAsync();
        foreach (var what in order)
        {
            await output.WriteLineAsync($"{what,-52}{(counts.TryGetValue(what, out var count) ? Text(count) : Text(times[what])),32}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync($"{campaign} --seed {Text(seed)}: {Text(broken.Count)} broken invariants");
        foreach (var sentence in broken.Take(MostTold))
        {
            await output.WriteLineAsync(sentence);
        }
    }

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    static string Text(List<double> milliseconds)
    {
        milliseconds.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"median {milliseconds[milliseconds.Count / 2]:0} ms, most {milliseconds[^1]:0} ms");
    }

    void Remember(string what)
    {
        if (!order.Contains(what))
        {
            order.Add(what);
        }
    }
}
