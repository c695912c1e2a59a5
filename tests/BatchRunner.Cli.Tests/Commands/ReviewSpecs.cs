using System.Net;
using System.Net.Http.Headers;
using BatchRunner.Cli.Tests.Support;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>`review` as a browser and everybody else on this machine meets it.</summary>
public sealed class ReviewSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task A_verdict_is_in_the_file_beside_the_manifest_before_it_is_answered_and_in_the_next_page()
    {
        await using var open = await Open();
        var (key, task) = open.Jobs["calm-m02"];

        var answer = await open.Post(key, task, "rejected", "=too dark");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"key,job,decision,note,by,task\n{key},calm-m02,rejected,'=too dark,Bo,{task}\n", Review);
        var page = await open.Client.GetStringAsync(open.Address, TestContext.Current.CancellationToken);
        Assert.Contains("\"decision\":\"rejected\",\"note\":\"=too dark\",\"by\":\"Bo\"", page, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", open.Policy, StringComparison.Ordinal);
        Assert.DoesNotContain("file:", open.Policy, StringComparison.Ordinal);
        Assert.Equal(0, await open.Interrupt());
        Assert.EndsWith("batch.yaml --only rejected --retake` makes one more take of what was rejected\n", open.Errors.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("origin", "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("origin", "", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("X-Review-Token", "", HttpStatusCode.Forbidden)]
    [InlineData("X-Review-Token", "00000000000000000000000000000000", HttpStatusCode.Forbidden)]
    [InlineData("type", "text/plain", HttpStatusCode.Forbidden)]
    [InlineData("host", "evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("path", "/00000000000000000000000000000000/review", HttpStatusCode.NotFound)]
    [InlineData("path", "/review", HttpStatusCode.NotFound)]
    [InlineData("decision", "perhaps", HttpStatusCode.BadRequest)]
    [InlineData("task", "another", HttpStatusCode.Conflict)]
    [InlineData("key", "another", HttpStatusCode.Conflict)]
    public async Task Nothing_is_written_for_who_is_not_the_page_or_speaks_of_another_clip(string what, string value, HttpStatusCode status)
    {
        await using var open = await Open();
        var (key, task) = open.Jobs["calm-m01"];

        var answer = await open.Post(
            what == "key" ? value : key, what == "task" ? value : task, what == "decision" ? value : "approved", "", (what, value));

        Assert.Equal(status, answer.StatusCode);
        Assert.False(File.Exists(typed.Folder["ads.review.csv"]));
    }

    [Theory]
    [InlineData("calm-m01.mp4", HttpStatusCode.OK)]
    [InlineData("results.csv", HttpStatusCode.NotFound)]
    [InlineData(".batchrunner/journal.jsonl", HttpStatusCode.NotFound)]
    [InlineData("../../batch.yaml", HttpStatusCode.NotFound)]
    [InlineData("..%2f..%2fbatch.yaml", HttpStatusCode.NotFound)]
    [InlineData("%2fetc%2fpasswd", HttpStatusCode.NotFound)]
    [InlineData("stranger.mp4", HttpStatusCode.NotFound)]
    [InlineData("calm-m03.mp4", HttpStatusCode.NotFound)]
    public async Task Only_the_run_s_own_media_are_served(string path, HttpStatusCode status)
    {
        await using var open = await Open();
        File.Copy(typed.Folder["out/ads/calm-m01.mp4"], typed.Folder["out/ads/stranger.mp4"]);
        File.Delete(typed.Folder["out/ads/calm-m03.mp4"]);
        File.CreateSymbolicLink(typed.Folder["out/ads/calm-m03.mp4"], typed.Folder["batch.yaml"]);

        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(
            open.Address.AbsoluteUri + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        var answer = await open.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
        if (status == HttpStatusCode.OK)
        {
            Assert.Equal("video/mp4", answer.Content.Headers.ContentType?.MediaType);
            Assert.Equal(
                await File.ReadAllBytesAsync(typed.Folder["out/ads/" + path], TestContext.Current.CancellationToken),
                await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_clip_comes_in_the_parts_a_browser_asks_for()
    {
        await using var open = await Open();
        var clip = await File.ReadAllBytesAsync(typed.Folder["out/ads/calm-m01.mp4"], TestContext.Current.CancellationToken);

        var part = await open.Get("calm-m01.mp4", request => request.Headers.Range = new RangeHeaderValue(100, 299));
        var tail = await open.Get("calm-m01.mp4", request => request.Headers.Range = new RangeHeaderValue(clip.Length - 5, null));
        var behind = await open.Get("calm-m01.mp4", request => request.Headers.Range = new RangeHeaderValue(clip.Length, null));
        var known = await open.Get("calm-m01.mp4", request => request.Headers.IfNoneMatch.Add(part.Headers.ETag ?? EntityTagHeaderValue.Any));
        var head = await open.Get("calm-m01.mp4", request => request.Method = HttpMethod.Head);
        var put = await open.Get("calm-m01.mp4", request => request.Method = HttpMethod.Put);

        Assert.Equal(
            [HttpStatusCode.PartialContent, HttpStatusCode.PartialContent, HttpStatusCode.RequestedRangeNotSatisfiable, HttpStatusCode.NotModified, HttpStatusCode.OK, HttpStatusCode.MethodNotAllowed],
            new[] { part, tail, behind, known, head, put }.Select(answer => answer.StatusCode));
        Assert.Equal(clip[100..300], await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(clip[^5..], await tail.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal((100, 299, clip.Length), (part.Content.Headers.ContentRange?.From, part.Content.Headers.ContentRange?.To, part.Content.Headers.ContentRange?.Length));
        Assert.Equal(clip.Length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_review_file_that_can_t_be_understood_is_not_written_over()
    {
        typed.Folder.Write("ads.review.csv", "key,decision\nabc,maybe\n");
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));

        Assert.Equal(2, await typed.Run("review", "batch.yaml"));

        Assert.Contains("ads.review.csv:2:1: BR0991: `maybe` is no decision", typed.Errors, StringComparison.Ordinal);
        Assert.Equal("key,decision\nabc,maybe\n", Review);
    }

    [Fact]
    public async Task Of_two_reviews_at_one_instant_neither_loses_what_the_other_was_told()
    {
        await using var one = await Open();
        await using var other = await OpenReview.Start(typed.Folder["batch.yaml"]);
        var (first, second) = (one.Jobs["calm-m01"], one.Jobs["calm-m02"]);

        for (var round = 0; round < 60; round++)
        {
            var answers = await Task.WhenAll(
                one.Post(first.Key, first.Task, "approved", $"one {round}"), other.Post(second.Key, second.Task, "rejected", $"other {round}"));

            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
            Assert.Equal(
                $"key,job,decision,note,by,task\n{first.Key},calm-m01,approved,one {round},Bo,{first.Task}\n"
                + $"{second.Key},calm-m02,rejected,other {round},Bo,{second.Task}\n",
                Review);
        }
    }

    [Fact]
    public async Task A_folder_that_does_not_lie_beside_its_manifest_asks_for_the_manifest()
    {
        Assert.Equal(2, await typed.Run("review", "batch.yaml"));
        Assert.Contains("BR0922", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await typed.Pay("", "--yes", "--new", "-o", "elsewhere"));

        Assert.Equal(2, await typed.Run("review", "elsewhere"));
        Assert.Contains("BR0995", typed.Errors, StringComparison.Ordinal);
        Assert.Equal(2, await typed.Run("status", "elsewhere", "--only", "rejected"));
        Assert.Contains("BR0995", typed.Errors, StringComparison.Ordinal);
    }

    string Review => File.ReadAllText(typed.Folder["ads.review.csv"]);

    async Task<OpenReview> Open()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        return await OpenReview.Start(typed.Folder["batch.yaml"]);
    }
}
