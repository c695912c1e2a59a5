using System.Text;
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
        yield return $"### {Escape(PlanView.Title(plan))}";
        yield return "";
        yield return "| template | to submit | credits | dollars |";
        yield return "|---|--:|--:|--:|";
        foreach (var arm in plan.Jobs.Where(job => job.WillSubmit).GroupBy(job => job.Spec.Template).Where(arm => arm.Key is not null))
        {
            yield return Total(Escape(arm.Key ?? ""), arm.Count(), arm.Sum(job => job.Spec.EstimatedCredits ?? 0));
        }

        yield return Total("**total**", plan.SubmitCount, plan.Credits);
        yield return "";
        foreach (var line in Axes(plan))
        {
            yield return line;
        }

        foreach (var note in PlanDetails.Changes(plan).Concat(PlanDetails.Orphans(plan)).Select(Escape).Concat(PlanNotes.Of(facts)))
        {
            yield return $"- {note}";
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
            yield return $"| {Escape(spec.Id)} | {Escape($"{PlanWords.Of(job.Action)}: {job.Why}")} | {credits} | {Escape(spec.Model)} "
                + $"| {Escape(spec.Ratio)} | {(spec.Duration is { } seconds ? Figures.Number(seconds) : "")} | {Escape(spec.Prompt)} |";
        }

        yield return "";
        yield return "</details>";
    }

    static IEnumerable<string> Axes(Plan plan)
    {
        foreach (var axis in PlanDetails.Telling(plan))
        {
            yield return $"<details><summary>by {Escape(axis.Axis)}</summary>";
            yield return "";
            yield return $"| {Escape(axis.Axis)} | to submit | credits | dollars |";
            yield return "|---|--:|--:|--:|";
            foreach (var label in axis.Labels)
            {
                yield return Total(Escape(label.Label), label.Jobs, label.Credits);
            }

            yield return "";
            yield return "</details>";
            yield return "";
        }
    }

    static string Total(string name, int jobs, decimal credits) =>
        $"| {name} | {Figures.Number(jobs)} | {Figures.Number(credits)} | {Figures.Dollars(credits)} |";

    // Whatever Markdown or HTML would take for its own; an @ would notify a stranger, a # would link an issue.
    static string Escape(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var c in SafeText.Line(text))
        {
            escaped.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '@' => "&#64;",
                '#' => "&#35;",
                '|' or '*' or '_' or '[' or ']' or '!' or '~' or '\\' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
