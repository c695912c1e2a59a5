using System.IO.Compression;
using BatchRunner.Simulator.Faults;
using BatchRunner.Simulator.Tests.Support;

namespace BatchRunner.Simulator.Tests.Faults;

public sealed class DownloadFaultSpecs
{
    [Fact]
    public async Task A_file_cut_off_with_its_length_is_seen_to_be_short()
    {
        await using var simulation = await With("dl:cut=1x");
        var url = await Finished(simulation);

        await Assert.ThrowsAsync<HttpRequestException>(() => Get(simulation, url));
        var whole = await Get(simulation, url);

        Assert.True(whole.Length > 1_000);
    }

    [Fact]
    public async Task A_file_cut_off_without_a_length_looks_whole()
    {
        await using var simulation = await With("dl:cut-nolen=1x");
        var url = await Finished(simulation);

        var half = await Get(simulation, url);
        var whole = await Get(simulation, url);

        Assert.Equal(whole[..(whole.Length / 2)], half);
    }

    [Fact]
    public async Task A_wrong_file_has_the_right_length_and_type()
    {
        await using var simulation = await With("dl:wrong=1x");
        var url = await Finished(simulation);

        using var response = await simulation.Api.Fetch(url);
        var wrong = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var right = await Get(simulation, url);

        Assert.Equal("video/mp4", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(right.Length, wrong.Length);
        Assert.StartsWith("<!DOCTYPE html>", System.Text.Encoding.ASCII.GetString(wrong), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_can_be_empty()
    {
        await using var simulation = await With("dl:zero=1");

        Assert.Empty(await Get(simulation, await Finished(simulation)));
    }

    [Theory]
    [InlineData("403", 403)]
    [InlineData("404", 404)]
    [InlineData("500", 500)]
    [InlineData("503", 503)]
    public async Task The_storage_can_refuse(string verb, int expected)
    {
        await using var simulation = await With($"dl:{verb}=1");

        using var response = await simulation.Api.Fetch(await Finished(simulation));

        Assert.Equal(expected, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_redirect_leads_to_another_host()
    {
        await using var simulation = await With("dl:redirect:evil.example=1");

        using var response = await simulation.Api.Fetch(await Finished(simulation));

        Assert.Equal(302, (int)response.StatusCode);
        Assert.Equal("evil.example", response.Headers.Location?.Host);
    }

    [Fact]
    public async Task An_endless_file_has_no_length_and_no_end()
    {
        await using var simulation = await With("dl:endless=1");

        using var response = await simulation.Api.Fetch(await Finished(simulation));
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        Assert.Null(response.Content.Headers.ContentLength);
        await stream.ReadExactlyAsync(new byte[8_000_000], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_packed_file_is_far_larger_than_it_looks()
    {
        await using var simulation = await With("dl:gzip=1");

        using var response = await simulation.Api.Fetch(await Finished(simulation));
        await using var packed = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var stream = new GZipStream(packed, CompressionMode.Decompress);

        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        await stream.ReadExactlyAsync(new byte[50_000_000], TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_slow_file_comes_in_drips()
    {
        await using var simulation = await With("dl:drip=1");

        using var response = await simulation.Api.Fetch(await Finished(simulation));
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = await stream.ReadAsync(new byte[10_000], TestContext.Current.CancellationToken);

        Assert.True(response.Content.Headers.ContentLength > 10_000);
        Assert.InRange(first, 1, 200);
    }

    [Theory]
    [InlineData("rst")]
    public async Task The_connection_can_be_reset(string verb)
    {
        await using var simulation = await With($"dl:{verb}=1");
        var url = await Finished(simulation);

        await Assert.ThrowsAsync<HttpRequestException>(() => Get(simulation, url));
    }

    static Task<Simulation> With(string plan) => Simulation.Start(
        Simulation.Options with { Faults = FaultPlan.Parse(plan, out _) ?? FaultPlan.None });

    static async Task<string> Finished(Simulation simulation)
    {
        var id = await simulation.Api.Create();
        simulation.Pass(60);
        return await simulation.Api.UrlOf(id);
    }

    static async Task<byte[]> Get(Simulation simulation, string url)
    {
        using var response = await simulation.Api.Fetch(url);
        return await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
