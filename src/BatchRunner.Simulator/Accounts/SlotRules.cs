namespace BatchRunner.Simulator.Accounts;

/// <summary>How many slots a model has: its own number, or that of every model, or the tier's.</summary>
sealed record SlotRules(int Tier, int? Every, IReadOnlyDictionary<string, int> ByModel)
{
    public static SlotRules Of(SimulatorOptions options) => new(options.Tier, options.Slots, options.SlotsByModel);

    public int Of(string model, string outputKind) =>
        ByModel.TryGetValue(model, out var own) ? own : Every ?? Accounts.Tier.Of(Tier).Slots(outputKind);
}
