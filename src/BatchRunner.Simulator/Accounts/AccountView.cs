namespace BatchRunner.Simulator.Accounts;

/// <summary>The account at one moment.</summary>
sealed record AccountView(
    DateTimeOffset Now,
    decimal Balance,
    Tier Tier,
    IReadOnlyList<SimulatedTask> Tasks,
    IReadOnlyList<LedgerEntry> Ledger,
    IReadOnlyList<ModelView> Models);

/// <summary>A model's limits and use: slots, generations in 24 hours (null: no limit), and those of the last 24.</summary>
sealed record ModelView(string Name, int Slots, int? DailyCap, int Today);
