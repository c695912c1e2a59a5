namespace BatchRunner.Simulator.Accounts;

/// <summary>One movement of credits: a charge is positive, a refund negative.</summary>
sealed record LedgerEntry(DateTimeOffset At, string TaskId, string Model, decimal Credits, string RequestHash)
{
    public bool IsRefund => Credits < 0;
}
