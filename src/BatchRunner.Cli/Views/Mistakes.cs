using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>How many mistakes there were, in words.</summary>
static class Mistakes
{
    /// <summary>Such as "2 errors and 1 warning; nothing was sent".</summary>
    public static string Count(DiagnosticBag problems)
    {
        var errors = problems.Count(problem => problem.Severity == Severity.Error);
        var warnings = problems.Count - errors;
        return Figures.Count(errors, "error")
            + (warnings > 0 ? $" and {Figures.Count(warnings, "warning")}" : "")
            + "; nothing was sent";
    }
}
