namespace BatchRunner.Templating.Rendering;

/// <summary>What <c>this</c> is outside of <c>with</c>: the globals of one render.</summary>
sealed class GlobalScope(Run run)
{
    public Run Run { get; } = run;
}
