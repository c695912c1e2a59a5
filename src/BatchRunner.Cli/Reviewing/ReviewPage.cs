using BatchRunner.Cli.Runs;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.Results.Reviewing;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Cli.Reviewing;

/// <summary>The report, made anew each time it is asked for: a run may go on meanwhile.</summary>
/// <param name="run">The run, as its journal was when `review` began.</param>
/// <param name="review">What was said so far.</param>
/// <param name="description">The manifest's, or null.</param>
/// <param name="by">Who judges, as far as it is known.</param>
sealed class ReviewPage(MadeRun run, ReviewFile review, string? description, string by)
{
    /// <summary>What the last page was made from.</summary>
    public ResultsTable Table { get; private set; } = ResultsTable.Of(run.Journal);

    public async Task Send(HttpContext context, string token)
    {
        // Damage that came meanwhile is for `verify`: what was last known is shown.
        if (Journal.Read(run.Place.Folder) is ReadAnswer.Found { Contents: { Header: not null } found })
        {
            (run, Table) = (run with { Journal = found }, ResultsTable.Of(found));
        }

        // A file that was broken by hand meanwhile is told when a verdict is to be written into it.
        var said = review.Read(new DiagnosticBag()) ?? Review.Empty;
        var head = ReportFile.HeadOf(run.Place.Folder, run.Journal, description, said) with { Token = token, By = by };
        var response = context.Response;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = ReportPage.Policy(head) + "; frame-ancestors 'none'";
        var bytes = ReportPage.Write(head, Table);
        response.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }
}
