namespace BatchRunner.Simulator.Accounts;

/// <summary>A task in its lane: its status is a function of its record, its slot's time and now.</summary>
sealed class SimulatedTask(TaskRecord record)
{
    public TaskRecord Record => record;

    /// <summary>When it got its slot; null while it waits.</summary>
    public DateTimeOffset? AdmittedAt { get; private set; }

    /// <summary>When it leaves its slot by itself.</summary>
    public DateTimeOffset EndsAt =>
        AdmittedAt is { } admitted && record.Fault != "stuck-pending"
            ? admitted + record.Pending + record.Generation
            : DateTimeOffset.MaxValue;

    public void Admit(DateTimeOffset at) => AdmittedAt = at;

    public TaskPhase PhaseAt(DateTimeOffset now)
    {
        if (AdmittedAt is not { } admitted)
        {
            return TaskPhase.Throttled;
        }

        if (record.Fault == "stuck-pending" || now < admitted + record.Pending)
        {
            return TaskPhase.Pending;
        }

        if (now >= EndsAt)
        {
            return record.Ending.Phase;
        }

        return record.Fault == "backwards" && ProgressAt(now) is >= 0.4 and < 0.6 ? TaskPhase.Pending : TaskPhase.Running;
    }

    /// <summary>From 0 to 1, while it runs.</summary>
    public double ProgressAt(DateTimeOffset now) =>
        AdmittedAt is { } admitted
            ? Math.Clamp((now - admitted - record.Pending) / record.Generation, 0, 1)
            : 0;
}
