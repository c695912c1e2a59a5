using System.Text;
using BatchRunner.Runway;
using BatchRunner.TestKit;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Runway;

/// <summary>What every <see cref="IRunway"/> keeps to. A stand-in that passes may be trusted in other specs.</summary>
public abstract class RunwayContract
{
    protected const string GoodKey = Client.CanaryKey;

    /// <summary>Enough for what the account is asked here.</summary>
    protected const decimal Credits = 1000;

    static readonly byte[] Good = Encoding.UTF8.GetBytes(
        """{"duration":5,"model":"gen4.5","promptText":"linen","ratio":"1280:720"}""");

    static readonly byte[] Bad = Encoding.UTF8.GetBytes(
        """{"duration":5,"model":"gen4.5","promptText":"linen","ratio":"16:9"}""");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_that_was_accepted_is_found_until_it_is_deleted()
    {
        await using var stage = await Open();

        var made = Assert.IsType<CreateAnswer.Accepted>(await stage.Runway.Create("text_to_video", Good, Stop));
        var found = Assert.IsType<TaskAnswer.Found>(await stage.Runway.Get(made.Task, Stop));

        Assert.Equal(60, made.EstimatedCredits);
        Assert.Equal(made.Task, found.Task.Id);
        Assert.Contains(found.Task.Status, new[] { TaskStatus.Pending, TaskStatus.Throttled, TaskStatus.Running });
        Assert.Empty(found.Task.Outputs);

        Assert.IsType<DeleteAnswer.Confirmed>(await stage.Runway.Delete(made.Task, Stop));
        Assert.IsType<DeleteAnswer.Confirmed>(await stage.Runway.Delete(made.Task, Stop));
        Assert.True(await stage.Runway.Get(made.Task, Stop)
            is TaskAnswer.Gone or TaskAnswer.Found { Task.Status: TaskStatus.Cancelled });
    }

    [Fact]
    public async Task A_task_ends_with_outputs_and_its_cost()
    {
        await using var stage = await Open();
        var made = Assert.IsType<CreateAnswer.Accepted>(await stage.Runway.Create("text_to_video", Good, Stop));

        stage.Pass(TimeSpan.FromMinutes(10));
        var found = Assert.IsType<TaskAnswer.Found>(await stage.Runway.Get(made.Task, Stop));

        Assert.Equal(TaskStatus.Succeeded, found.Task.Status);
        Assert.Equal(60, found.Task.CostCredits);
        Assert.NotEmpty(found.Task.Outputs);
    }

    [Fact]
    public async Task A_task_nobody_made_is_gone()
    {
        await using var stage = await Open();

        Assert.IsType<TaskAnswer.Gone>(await stage.Runway.Get(new TaskId("17f20503-6c24-4c16-946b-35dbbce2af2f"), Stop));
    }

    [Fact]
    public async Task A_wrong_request_is_refused_by_name_and_costs_nothing()
    {
        await using var stage = await Open();

        var refused = Assert.IsType<CreateAnswer.Refused>(await stage.Runway.Create("text_to_video", Bad, Stop));

        Assert.Equal(RefusalKind.BadRequest, refused.Kind);
        Assert.Contains("ratio: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(Credits, await Balance(stage));
    }

    [Fact]
    public async Task The_account_shows_what_was_spent()
    {
        await using var stage = await Open();
        await stage.Runway.Create("text_to_video", Good, Stop);

        var account = Assert.IsType<OrganizationAnswer.Found>(await stage.Runway.GetOrganization(Stop)).Organization;

        Assert.Equal(Credits - 60, account.CreditBalance);
        Assert.Equal(1, account.Models["gen4.5"].DailyUsed);
        Assert.True(account.Models["gen4.5"].MaxConcurrent > 0);
    }

    [Fact]
    public async Task Without_credits_nothing_is_made()
    {
        await using var stage = await Open();
        for (var spent = 0; spent + 60 <= Credits; spent += 60)
        {
            Assert.IsType<CreateAnswer.Accepted>(await stage.Runway.Create("text_to_video", Good, Stop));
        }

        var refused = Assert.IsType<CreateAnswer.Refused>(await stage.Runway.Create("text_to_video", Good, Stop));

        Assert.Equal(RefusalKind.NoCredits, refused.Kind);
    }

    [Fact]
    public async Task A_file_is_uploaded_and_named()
    {
        using var folder = new TempFolder();
        var file = folder["hero.png"];
        await File.WriteAllBytesAsync(file, new byte[1000], Stop);
        await using var stage = await Open();

        var uploaded = Assert.IsType<UploadAnswer.Uploaded>(await stage.Runway.Upload(file, "image/png", Stop));

        Assert.StartsWith("runway://", uploaded.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_refused_is_refused_everywhere()
    {
        using var folder = new TempFolder();
        var file = folder.Write("hero.png", new string('x', 1000));
        var id = new TaskId("17f20503-6c24-4c16-946b-35dbbce2af2f");
        await using var stage = await Open("key_of_somebody_else");

        Assert.Equal(RefusalKind.KeyRefused, Assert.IsType<CreateAnswer.Refused>(
            await stage.Runway.Create("text_to_video", Good, Stop)).Kind);
        Assert.IsType<TaskAnswer.KeyRefused>(await stage.Runway.Get(id, Stop));
        Assert.IsType<DeleteAnswer.KeyRefused>(await stage.Runway.Delete(id, Stop));
        Assert.IsType<OrganizationAnswer.KeyRefused>(await stage.Runway.GetOrganization(Stop));
        Assert.IsType<UploadAnswer.KeyRefused>(await stage.Runway.Upload(file, "image/png", Stop));
    }

    [Fact]
    public async Task What_is_cancelled_before_it_begins_throws()
    {
        await using var stage = await Open();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Runway.Create("text_to_video", Good, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stage.Runway.GetOrganization(cancelled));
        Assert.Equal(Credits, await Balance(stage));
    }

    /// <summary>An account with <see cref="Credits"/>, that takes <see cref="GoodKey"/> only.</summary>
    private protected abstract Task<Stage> Open(string key = GoodKey);

    static async Task<decimal> Balance(Stage stage) =>
        Assert.IsType<OrganizationAnswer.Found>(await stage.Runway.GetOrganization(Stop)).Organization.CreditBalance;

    /// <summary>A Runway and its time.</summary>
    private protected sealed class Stage(IRunway runway, Action<TimeSpan> pass, Func<ValueTask> close) : IAsyncDisposable
    {
        public IRunway Runway => runway;

        public void Pass(TimeSpan time) => pass(time);

        public ValueTask DisposeAsync() => close();
    }
}
