using BatchRunner.Journaling;
using BatchRunner.Planning;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>
/// Whatever is edited, plan and run pay exactly for the clips nobody has paid for: held by a model of the batch that knows
/// neither keys nor journals.
/// </summary>
public sealed class EditSpecs
{
    const int Scripts = 60;
    const int EditsEach = 8;

    [Fact]
    public async Task Only_what_changed_is_paid_for()
    {
        await using var tills = await Tills.Open();

        await Draws.Check(Scripts, EditsEach * 7, () =>
        {
            var till = tills.Next();
            return draws => Play(till, draws);
        });
    }

    static async Task Play(Till till, Draws draws)
    {
        using var folder = new TempFolder();
        var run = new RunFolder(folder["out"]);
        var batch = new EditedBatch();
        var paid = new HashSet<string>();
        for (var edit = 0; edit <= EditsEach; edit++)
        {
            if (edit > 0)
            {
                batch.Edit(draws);
            }

            var due = batch.Clips.Where(clip => !paid.Contains(clip.Key)).ToList();
            var bill = await till.Run(batch.Write(folder), run);
            Check(batch, due.Count, due.Sum(clip => clip.Value), bill, run);
            paid.UnionWith(batch.Clips.Keys);
        }
    }

    static void Check(EditedBatch batch, int count, decimal credits, Bill bill, RunFolder run)
    {
        Assert.True(
            (count, credits, count, credits, 0) == (bill.Plan.SubmitCount, bill.Plan.Credits, bill.Tasks, bill.Charged, bill.Outcome.ExitCode),
            $"{batch.Story}\nplanned {bill.Plan.SubmitCount} for {bill.Plan.Credits}, paid {bill.Tasks} for {bill.Charged}, exit {bill.Outcome.ExitCode}, due {count} for {credits}");

        // Every job's file is where its row says, whatever was renamed, replaced and brought back.
        var journal = ((ReadAnswer.Found)Journal.Read(run)).Contents;
        Assert.All(journal.Planned, job => Assert.True(
            File.Exists(run.PathOf(journal.Owner(job).State.Files[0].Path)), $"{batch.Story}\n{job.Spec.Id} has no file"));
        Assert.All(journal.Planned.Where(job => job.Shares is null), job => Assert.Equal(
            job.Spec.Output + job.Spec.Extension, job.State.Files[0].Path));
        Assert.All(bill.Plan.Jobs, job => Assert.True(
            job.Action is not PlanAction.Changed || job.Changes.Count > 0, $"{batch.Story}\n{job.Spec.Id} does not say what changed"));
    }
}
