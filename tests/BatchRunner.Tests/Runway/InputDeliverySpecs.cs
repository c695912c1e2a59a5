using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Runway;
using BatchRunner.Runway.Inputs;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Runway;

public sealed class InputDeliverySpecs : IDisposable
{
    readonly TempFolder folder = new();
    readonly ManualClock clock = new();
    readonly UploadingRunway runway = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_url_is_sent_whole_and_nothing_else_changes()
    {
        var request = """{"duration":5.0,"nested":{"list":["a",{"uri":"https://a.test/x.png"}]},"promptText":"é < \u0041"}""";
        var job = Job(request, new JobInput("/nested/list/1/uri", null, null, 0, null, "https://a.test/x.png?sig=a&b=\"c"));

        var body = await Body(job, job);

        Assert.Equal(request.Replace("\"https://a.test/x.png\"", "\"https://a.test/x.png?sig=a&b=\\\"c\"", StringComparison.Ordinal), body);
    }

    [Fact]
    public async Task A_small_file_used_once_travels_inside()
    {
        var (path, sha256, bytes) = Write("hero.png", 700);
        var job = ImageJob(path, sha256, bytes.Length);

        var body = await Body(job, job);

        Assert.Equal($$"""{"promptImage":"data:image/png;base64,{{Convert.ToBase64String(bytes)}}","promptText":"x"}""", body);
        Assert.Empty(runway.Uploads);
    }

    [Fact]
    public async Task A_file_used_by_many_is_uploaded_once()
    {
        var (path, sha256, bytes) = Write("hero.png", 700);
        var jobs = Enumerable.Range(0, 20).Select(_ => ImageJob(path, sha256, bytes.Length)).ToArray();
        using var delivery = new InputDelivery(runway, new InputUses(jobs), clock);

        var answers = await Task.WhenAll(jobs.Select(job => delivery.Deliver(job, Client.Stop)));

        Assert.All(answers, answer => Assert.Equal("""{"promptImage":"runway://upload-1","promptText":"x"}""", Text(answer)));
        Assert.Equal([(path, "image/png")], runway.Uploads);
    }

    [Theory]
    [InlineData(3_932_142, 0)]
    [InlineData(3_932_143, 1)]
    public async Task A_data_uri_has_at_most_5_242_880_characters(int size, int uploads)
    {
        var (path, sha256, _) = Write("hero.png", size);
        var job = ImageJob(path, sha256, size);

        var body = await Body(job, job);

        Assert.Equal(uploads, runway.Uploads.Count);
        using var json = JsonDocument.Parse(body);
        Assert.InRange(json.RootElement.GetProperty("promptImage").GetString()!.Length, 1, InputDelivery.LongestDataUri);
    }

    [Fact]
    public async Task A_file_too_small_for_an_upload_travels_inside_however_often_it_is_used()
    {
        var (path, sha256, _) = Write("dot.png", 511);
        var job = ImageJob(path, sha256, 511);

        Assert.StartsWith("""{"promptImage":"data:image/png;base64,""", await Body(job, job, job), StringComparison.Ordinal);
        Assert.Empty(runway.Uploads);
    }

    [Fact]
    public async Task A_file_that_stands_twice_in_one_request_is_uploaded()
    {
        var (path, sha256, _) = Write("hero.png", 700);
        var job = Job(
            $$"""{"promptImage":[{"uri":"sha256:{{sha256}}"},{"uri":"sha256:{{sha256}}"}]}""",
            new JobInput("/promptImage/0/uri", path, sha256, 700, "image/png", null),
            new JobInput("/promptImage/1/uri", path, sha256, 700, "image/png", null));

        Assert.Equal("""{"promptImage":[{"uri":"runway://upload-1"},{"uri":"runway://upload-1"}]}""", await Body(job, job));
        Assert.Single(runway.Uploads);
    }

    [Fact]
    public async Task Ten_thousand_jobs_over_one_image_of_3_MB_send_it_once_and_keep_no_copies()
    {
        var (path, sha256, _) = Write("hero.png", 3 * 1024 * 1024);
        var job = ImageJob(path, sha256, 3 * 1024 * 1024);
        using var delivery = new InputDelivery(runway, new InputUses(Enumerable.Repeat(job, 10_000)), clock);
        Assert.IsType<DeliveryAnswer.Ready>(await delivery.Deliver(job, Client.Stop));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 1; i < 10_000; i++)
        {
            Assert.IsType<DeliveryAnswer.Ready>(await delivery.Deliver(job, Client.Stop));
        }

        Assert.Single(runway.Uploads);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1024 * 1024);
    }

    [Fact]
    public async Task An_upload_is_refreshed_before_it_ends()
    {
        var (path, sha256, _) = Write("hero.png", 700);
        var job = ImageJob(path, sha256, 700);
        using var delivery = new InputDelivery(runway, new InputUses([job, job]), clock);

        await delivery.Deliver(job, Client.Stop);
        clock.Advance(UploadShelf.Validity - TimeSpan.FromTicks(1));
        await delivery.Deliver(job, Client.Stop);
        Assert.Single(runway.Uploads);

        clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("""{"promptImage":"runway://upload-2","promptText":"x"}""", Text(await delivery.Deliver(job, Client.Stop)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_file_that_changed_is_not_sent(int uses)
    {
        var (path, sha256, bytes) = Write("hero.png", 700);
        var jobs = Enumerable.Repeat(ImageJob(path, sha256, 700), uses).ToArray();

        bytes[699] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Client.Stop);
        Assert.Equal("changed: `hero.png` changed: its bytes are not those that were planned", await Body(jobs[0], jobs));

        await File.WriteAllBytesAsync(path, bytes[..600], Client.Stop);
        Assert.Equal("changed: `hero.png` changed: it had 700 bytes when it was planned, now it has 600", await Body(jobs[0], jobs));

        File.Delete(path);
        Assert.Equal("changed: `hero.png` is gone", await Body(jobs[0], jobs));
        Assert.Empty(runway.Uploads);
    }

    [Fact]
    public async Task A_file_that_changed_while_it_was_uploaded_is_not_used()
    {
        var (path, sha256, _) = Write("hero.png", 700);
        var job = ImageJob(path, sha256, 700);
        runway.Answer = uri => new UploadAnswer.Uploaded(uri, new string('0', 64));
        using var delivery = new InputDelivery(runway, new InputUses([job, job]), clock);

        Assert.IsType<DeliveryAnswer.InputChanged>(await delivery.Deliver(job, Client.Stop));

        runway.Answer = uri => new UploadAnswer.Uploaded(uri, sha256);
        Assert.Equal("""{"promptImage":"runway://upload-2","promptText":"x"}""", Text(await delivery.Deliver(job, Client.Stop)));
    }

    [Fact]
    public async Task A_failed_upload_is_tried_again_by_the_next_job()
    {
        var (path, sha256, _) = Write("hero.png", 700);
        var job = ImageJob(path, sha256, 700);
        using var delivery = new InputDelivery(runway, new InputUses([job, job]), clock);

        runway.Answer = _ => new UploadAnswer.Failed("the store answered 500", IsTransient: true);
        Assert.Equal(new DeliveryAnswer.Failed("the store answered 500", true), await delivery.Deliver(job, Client.Stop));
        runway.Answer = _ => new UploadAnswer.KeyRefused("Unauthorized");
        Assert.Equal(new DeliveryAnswer.KeyRefused("Unauthorized"), await delivery.Deliver(job, Client.Stop));
        runway.Answer = uri => new UploadAnswer.Uploaded(uri, sha256);
        Assert.IsType<DeliveryAnswer.Ready>(await delivery.Deliver(job, Client.Stop));
    }

    [Fact]
    public async Task One_job_that_stops_waiting_leaves_the_upload_to_the_others()
    {
        var (path, sha256, _) = Write("hero.png", 700);
        var job = ImageJob(path, sha256, 700);
        using var delivery = new InputDelivery(runway, new InputUses([job, job]), clock);
        using var cancel = new CancellationTokenSource();
        runway.Hold = new TaskCompletionSource();

        var first = delivery.Deliver(job, cancel.Token);
        var second = delivery.Deliver(job, Client.Stop);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        runway.Hold.SetResult();

        Assert.IsType<DeliveryAnswer.Ready>(await second);
    }

    [Theory]
    [InlineData("/promptImage")]
    [InlineData("/a~1b/0")]
    [InlineData("/a~1b/1/~0")]
    [InlineData("/last")]
    public async Task A_pointer_finds_its_string(string place)
    {
        var request = """{"a/b":["X",{"~":"X"}],"deep":{"promptImage":"X"},"last":"X","promptImage":"X"}""";
        var job = Job(request, new JobInput(place, null, null, 0, null, "https://new.test/"));

        using var json = JsonDocument.Parse(await Body(job, job));

        var found = place.Split('/').Skip(1)
            .Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .Aggregate(json.RootElement, (at, part) => at.ValueKind == JsonValueKind.Array ? at[part[0] - '0'] : at.GetProperty(part));
        Assert.Equal("https://new.test/", found.GetString());
        Assert.Equal(4, json.RootElement.GetRawText().Split("\"X\"").Length - 1);
    }

    [Fact]
    public async Task A_pointer_to_nothing_sends_nothing()
    {
        var job = Job("""{"promptText":"x"}""", new JobInput("/promptImage", null, null, 0, null, "https://a.test/"));

        Assert.Equal("failed: the request has no text at `/promptImage`", await Body(job, job));
    }

    async Task<string> Body(JobSpec job, params JobSpec[] all)
    {
        using var delivery = new InputDelivery(runway, new InputUses(all), clock);
        return Text(await delivery.Deliver(job, Client.Stop));
    }

    (string Path, string Sha256, byte[] Bytes) Write(string name, int size)
    {
        var bytes = Enumerable.Range(0, size).Select(i => (byte)(i * 31 % 251)).ToArray();
        File.WriteAllBytes(folder[name], bytes);
        return (folder[name], Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }

    static JobSpec ImageJob(string path, string sha256, long bytes) => Job(
        $$"""{"promptImage":"sha256:{{sha256}}","promptText":"x"}""",
        new JobInput("/promptImage", path, sha256, bytes, "image/png", null));

    static JobSpec Job(string request, params JobInput[] inputs) => new()
    {
        Index = 0,
        Key = new JobKey(new string('a', 64)),
        Id = "job",
        Output = "job",
        Take = 1,
        Rows = [],
        Endpoint = "image_to_video",
        Model = "gen4_turbo",
        Request = request,
        Inputs = inputs,
        Extension = ".mp4",
    };

    static string Text(DeliveryAnswer answer) => answer switch
    {
        DeliveryAnswer.Ready ready => Encoding.UTF8.GetString(ready.Body.Span),
        DeliveryAnswer.InputChanged changed => $"changed: {changed.Message}",
        DeliveryAnswer.Failed failed => $"failed: {failed.Reason}",
        _ => answer.ToString(),
    };

    /// <summary>A Runway that only takes uploads.</summary>
    sealed class UploadingRunway : IRunway
    {
        public List<(string Path, string ContentType)> Uploads { get; } = [];

        public Func<string, UploadAnswer> Answer { get; set; } = uri => new UploadAnswer.Uploaded(uri);

        public TaskCompletionSource? Hold { get; set; }

        public async Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel)
        {
            if (Hold is { } hold)
            {
                await hold.Task.WaitAsync(cancel);
            }

            Uploads.Add((fullPath, contentType));
            return Answer($"runway://upload-{Uploads.Count}");
        }

        public Task<CreateAnswer> Create(string endpoint, ReadOnlyMemory<byte> body, CancellationToken cancel) =>
            throw new NotSupportedException();

        public Task<TaskAnswer> Get(TaskId id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<DeleteAnswer> Delete(TaskId id, CancellationToken cancel) => throw new NotSupportedException();

        public Task<OrganizationAnswer> GetOrganization(CancellationToken cancel) => throw new NotSupportedException();
    }
}
