using BatchRunner.Cli.Text;
using BatchRunner.Planning;
using BatchRunner.Results;

namespace BatchRunner.Cli.Views.Plans;

/// <summary>A plan as Markdown, for a pull request: the totals first, the jobs folded away.</summary>
static class PlanMarkdown
{
    public static IEnumerable<string> Lines(PlanFacts facts)
    {
        var plan = facts.Plan;
        yield return $"### {MarkdownText.Plain(PlanView.Title(plan))}";
        yield return "";
        foreach (var line in Totals(plan))
        {
            yield return line;
        }

        yield return "";
        foreach (var line in Axes(plan))
        {
            yield return line;
        }

        foreach (var note in PlanDetails.Changes(plan).Concat(PlanDetails.Orphans(plan)).Concat(PlanNotes.Of(facts)))
        {
            yield return $"- {MarkdownText.Prose(note.Trim())}";
        }

        yield return "";
        yield return $"<details><summary>{Figures.Count(plan.Jobs.Count(job => job.IsSelected), "job")}</summary>";
        yield return "";
        yield return "| job | what | credits | model | ratio | seconds | prompt |";
        yield return "|---|---|--:|---|---|--:|---|";
        foreach (var job in plan.Jobs.Where(job => job.IsSelected))
        {
            var spec = job.Spec;
            var credits = job.WillSubmit ? spec.EstimatedCredits is { } known ? Figures.Number(known) : "?" : "-";
            yield return $"| {MarkdownText.Plain(spec.Id)} | {MarkdownText.Plain($"{PlanWords.Of(job)}: {ChangeWords.Why(job)}")} | {credits} | {MarkdownText.Plain(spec.Model)} "
                + $"| {MarkdownText.Plain(spec.Ratio)} | {(spec.Duration is { } seconds ? Figures.Number(seconds) : "")} | {MarkdownText.Plain(spec.Prompt)} |";
        }

        yield return "";
        yield return "</details>";
    }

    static IEnumerable<string> Totals(Plan plan)
    {
        if (plan.SubmitCount == 0)
        {
            yield return PlanView.NothingToPay;
            yield break;
        }

        yield return "| template | to submit | credits | dollars |";
        yield return "|---|--:|--:|--:|";
        foreach (var arm in PlanTotals.ByTemplate(plan))
        {
            yield return Total(MarkdownText.Plain(arm.Label), arm.Jobs, arm.Credits);
        }

        yield return Total("**total**", plan.SubmitCount, plan.Credits);
    }

    static IEnumerable<string> Axes(Plan plan)
    {
        foreach (var axis in PlanDetails.Telling(plan))
        {
            yield return $"<details><summary>by {MarkdownText.Plain(axis.Axis)}</summary>";
            yield return "";
            yield return $"| {MarkdownText.Plain(axis.Axis)} | to submit | credits | dollars |";
            yield return "|---|--:|--:|--:|";
            foreach (var label in axis.Labels)
            {
                yield return Total(MarkdownText.Plain(label.Label), label.Jobs, label.Credits);
            }

            yield return "";
            yield return "</details>";
            yield return "";
        }
    }

    static string Total(string name, int jobs, decimal credits) =>
        $"| {name} | {Figures.Number(jobs)} | {Figures.Number(credits)} | {Figures.Dollars(credits)} |";
}
