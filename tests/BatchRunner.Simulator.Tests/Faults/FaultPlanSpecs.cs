using BatchRunner.Simulator.Faults;

namespace BatchRunner.Simulator.Tests.Faults;

public sealed class FaultPlanSpecs
{
    [Theory]
    [InlineData("", "")]
    [InlineData("post:rst=0.2", "post:rst-after=0.2")]
    [InlineData("post:rst-before=20%", "post:rst-before=20%")]
    [InlineData("post:429[2]=3%; get:503=2x", "post:429[2]-before=3%, get:503-before=2x")]
    [InlineData("# a remark\ndl:cut=0.03, dl:cut-nolen=#2\ndl:redirect:evil.example:8080=1", "dl:cut=0.03, dl:cut-nolen=#2, dl:redirect:evil.example:8080=1")]
    [InlineData("task:failed:SAFETY.INPUT.TEXT=~blood, task:failed:INTERNAL:12=0.1, task:stuck-pending", "task:failed:SAFETY.INPUT.TEXT=~blood, task:failed:INTERNAL:12=0.1, task:stuck-pending=1")]
    [InlineData("account:revoke@60, account:credits=500, account:dailycap=7, account:tier=2", "account:revoke@60, account:credits=500, account:dailycap=7, account:tier=2")]
    public void A_plan_is_read_and_says_itself(string text, string expected)
    {
        var plan = FaultPlan.Parse(text, out var problem);

        Assert.Null(problem);
        Assert.Equal(expected, plan?.ToString());
        Assert.Equal(expected, FaultPlan.Parse(expected, out _)?.ToString());
    }

    [Theory]
    [InlineData("nonsense", "`nonsense` is not a fault, expected `place:verb=rate` such as `post:rst-after=0.2`")]
    [InlineData("pots:rst=1", "`pots` is no place for a fault, expected one of post, get, delete, org, upload, storage, dl, task, account")]
    [InlineData("storage:cut=1", "`cut` does not happen to `storage`, expected one of rst, fin, hang, 403, 500, 503")]
    [InlineData("post:429-after=1", "`429` can't come after the charge: the API says it before it does anything")]
    [InlineData("post:rst=often", "`often` is not how often, expected a rate (0.2 or 20%), the first few (3x), one (#4) or a word (~word)")]
    [InlineData("post:rst=1.5", "`1.5` is not how often, expected a rate (0.2 or 20%), the first few (3x), one (#4) or a word (~word)")]
    [InlineData("task:failed=1", "`task:failed=1` lacks a failure code, expected `task:failed:…`")]
    [InlineData("task:failed:INTERNAL:many=1", "`task:failed:INTERNAL:many=1` has the cost `many`, expected a number")]
    [InlineData("account:credits=-1", "`account:credits=-1` needs a number that is not negative")]
    public void What_is_no_plan_is_said_in_a_sentence(string text, string expected)
    {
        var plan = FaultPlan.Parse(text, out var problem);

        Assert.Null(plan);
        Assert.Equal(expected, problem);
    }
}
