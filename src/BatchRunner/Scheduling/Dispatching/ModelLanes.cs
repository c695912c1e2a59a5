namespace BatchRunner.Scheduling.Dispatching;

/// <summary>The lanes of every model met so far.</summary>
/// <param name="options">The run's bounds.</param>
/// <param name="slotsOf">A model's slots, asked once.</param>
sealed class ModelLanes(RunOptions options, Func<string, int> slotsOf)
{
    readonly Dictionary<string, ModelLane> lanes = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ModelLane> All => lanes.Values;

    public ModelLane this[string model]
    {
        get
        {
            if (!lanes.TryGetValue(model, out var lane))
            {
                lanes[model] = lane = new ModelLane(model, Math.Max(1, slotsOf(model)), options.Ahead);
            }

            return lane;
        }
    }
}
