using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

public sealed class ScreenSpecs
{
    [Fact]
    public void A_screened_job_is_planned_as_such_and_no_other_is()
    {
        var expanded = Expanded.OfFiles(
            "batch.yaml",
            """
            version: 1
            name: t
            templates: { a: "{{ row.scene }}" }
            variables: { row: r.csv }
            screening: { deny: [ rival ] }
            request: { model: gen4.5, ratio: "1280:720", duration: 5 }
            """,
            "r.csv",
            "id,scene\nr1,a Rival's lamp\nr2,a lamp\n");

        var plan = Planner.Plan(Assert.IsType<BatchRunner.Expansion.ExpandedBatch>(expanded.Batch), JournalContents.Empty);

        Assert.Equal([PlanAction.Screened, PlanAction.New], plan.Jobs.Select(job => job.Action));
    }
}
