namespace BatchRunner.Cli.Views.Jobs;

/// <summary>What there is to do about a lost create after which a job was submitted again: what it may have cost stays reserved.</summary>
static class LostWords
{
    /// <summary>How it is settled.</summary>
    public const string Way = "`batchrunner resolve BATCH JOB` with `--not-charged` gives them back, or with `--task ID` asks what it cost";
}
