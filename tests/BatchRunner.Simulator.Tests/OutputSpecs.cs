using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests;

public sealed class OutputSpecs
{
    [Fact]
    public async Task An_output_is_fetched_without_a_key()
    {
        await using var simulation = await Simulation.Start();
        var url = await Finished(simulation);

        using var response = await simulation.Api.Fetch(url);
        var bytes = await Bytes(response);

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
        Assert.Equal("ftyp", System.Text.Encoding.ASCII.GetString(bytes, 4, 4));
        Assert.NotNull(response.Headers.ETag);
        Assert.Equal("bytes", response.Headers.AcceptRanges.Single());
    }

    [Fact]
    public async Task A_head_has_no_body_and_the_same_headers()
    {
        await using var simulation = await Simulation.Start();
        var url = await Finished(simulation);

        using var whole = await simulation.Api.Fetch(url);
        using var head = await simulation.Api.Fetch(url, method: HttpMethod.Head);

        Assert.Equal(200, (int)head.StatusCode);
        Assert.Equal((await Bytes(whole)).Length, head.Content.Headers.ContentLength);
        Assert.Equal(whole.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await Bytes(head));
    }

    [Theory]
    [InlineData("bytes=0-99", 206, 0, 99)]
    [InlineData("bytes=100-", 206, 100, -1)]
    [InlineData("bytes=-10", 206, -10, -1)]
    [InlineData("bytes=10-999999999", 206, 10, -1)]
    [InlineData("bytes=999999999-", 416, 0, 0)]
    [InlineData("bytes=0-1,5-6", 200, 0, -1)]
    [InlineData("lines=0-1", 200, 0, -1)]
    public async Task A_range_is_a_part_of_the_same_file(string range, int expected, int first, int last)
    {
        await using var simulation = await Simulation.Start();
        var url = await Finished(simulation);
        using var whole = await simulation.Api.Fetch(url);
        var bytes = await Bytes(whole);

        using var response = await simulation.Api.Fetch(url, range);

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected < 300)
        {
            var (from, to) = (first < 0 ? bytes.Length + first : first, last < 0 ? bytes.Length - 1 : last);
            Assert.Equal(bytes[from..(to + 1)], await Bytes(response));
            Assert.Equal(expected == 206 ? $"bytes {from}-{to}/{bytes.Length}" : null, response.Content.Headers.ContentRange?.ToString());
        }
    }

    [Fact]
    public async Task A_range_of_another_file_is_answered_with_the_whole()
    {
        await using var simulation = await Simulation.Start();
        var url = await Finished(simulation);

        using var response = await simulation.Api.Fetch(url, "bytes=0-9", ifMatch: "\"another\"");

        Assert.Equal(200, (int)response.StatusCode);
    }

    [Fact]
    public async Task An_address_expires_after_a_day_and_the_task_gives_a_fresh_one()
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();
        simulation.Pass(60);
        var old = await simulation.Api.UrlOf(id);
        simulation.Pass(24 * 3_600);
        var fresh = await simulation.Api.UrlOf(id);

        using var expired = await simulation.Api.Fetch(old);
        using var response = await simulation.Api.Fetch(fresh);

        Assert.NotEqual(old, fresh);
        Assert.Equal((403, 200), ((int)expired.StatusCode, (int)response.StatusCode));
    }

    [Fact]
    public async Task Two_looks_at_a_task_give_two_addresses_of_one_file()
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();
        simulation.Pass(60);
        var (first, second) = (await simulation.Api.UrlOf(id), await simulation.Api.UrlOf(id));

        using var one = await simulation.Api.Fetch(first);
        using var two = await simulation.Api.Fetch(second);

        Assert.NotEqual(first, second);
        Assert.Equal(await Bytes(one), await Bytes(two));
    }

    [Fact]
    public async Task A_deleted_task_takes_its_outputs_along()
    {
        await using var simulation = await Simulation.Start();
        var id = await simulation.Api.Create();
        simulation.Pass(60);
        var url = await simulation.Api.UrlOf(id);

        await simulation.Api.Delete($"/v1/tasks/{id}");

        using var response = await simulation.Api.Fetch(url);
        Assert.Equal(403, (int)response.StatusCode);
    }

    [Theory]
    [InlineData("?_jwt=a.b.c")]
    [InlineData("")]
    public async Task An_address_nobody_signed_is_refused(string query)
    {
        await using var simulation = await Simulation.Start();
        var url = await Finished(simulation);

        using var response = await simulation.Api.Fetch(url.Split('?')[0] + query);

        Assert.Equal(403, (int)response.StatusCode);
    }

    static async Task<string> Finished(Simulation simulation)
    {
        var id = await simulation.Api.Create();
        simulation.Pass(60);
        return await simulation.Api.UrlOf(id);
    }

    static Task<byte[]> Bytes(HttpResponseMessage response) =>
        response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
}
