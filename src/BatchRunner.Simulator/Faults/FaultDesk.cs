using BatchRunner.Simulator.Accounts;

namespace BatchRunner.Simulator.Faults;

/// <summary>Decides who is struck. The same seed strikes the same requests, in whatever order they come.</summary>
sealed class FaultDesk(Dice dice, FaultPlan start)
{
    readonly Lock gate = new();
    readonly Dictionary<string, int> seen = [];
    readonly Dictionary<FaultRule, int> struck = [];
    FaultPlan plan = start;

    public FaultPlan Plan
    {
        get
        {
            lock (gate)
            {
                return plan;
            }
        }
    }

    /// <summary>Another plan from now on; counts begin anew.</summary>
    public void Change(FaultPlan newPlan)
    {
        lock (gate)
        {
            plan = newPlan;
            struck.Clear();
            foreach (var place in seen.Keys.Where(key => !key.Contains(' ', StringComparison.Ordinal)).ToList())
            {
                seen.Remove(place);
            }
        }
    }

    /// <summary>What strikes a request, or null.</summary>
    /// <param name="place">Such as `post`.</param>
    /// <param name="subject">What tells requests apart: a request hash, a task's id, a path.</param>
    /// <param name="text">Where words are looked for.</param>
    public Fault? Draw(string place, string subject, string text = "")
    {
        lock (gate)
        {
            var nth = Count(place);
            var turn = Count($"{place} {subject}");
            if (plan.Rules.Count == 0)
            {
                return null;
            }

            var chance = dice.Unit($"fault {place} {subject} {turn}");
            foreach (var rule in plan.Rules.Where(rule => rule.Place == place))
            {
                chance -= rule.When.Rate;
                if ((rule.When.Rate > 0 && chance < 0)
                    || nth == rule.When.Nth
                    || struck.GetValueOrDefault(rule) < rule.When.First
                    || (rule.When.Word is { } word && text.Contains(word, StringComparison.OrdinalIgnoreCase)))
                {
                    struck[rule] = struck.GetValueOrDefault(rule) + 1;
                    return rule.Fault;
                }
            }

            return null;
        }
    }

    /// <summary>How often each rule has struck.</summary>
    public IReadOnlyList<(FaultRule Rule, int Count)> Struck()
    {
        lock (gate)
        {
            return [.. plan.Rules.Select(rule => (rule, struck.GetValueOrDefault(rule)))];
        }
    }

    int Count(string key) => seen[key] = seen.GetValueOrDefault(key) + 1;
}
