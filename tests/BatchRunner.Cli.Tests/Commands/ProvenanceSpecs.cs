using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Commands;

public sealed class ProvenanceSpecs
{
    [Fact]
    public async Task Every_clip_has_a_line_that_says_where_it_comes_from()
    {
        await using var desk = await Desk.Open();
        await desk.Type("run batch.yaml --yes --new --limit 2");
        var manifest = await File.ReadAllBytesAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken);
        desk.Folder.Write("batch.yaml", Encoding.UTF8.GetString(manifest) + "# another manifest\n");
        await desk.Type("run batch.yaml --yes");
        var tasks = await desk.Charges();

        var lines = Lines(desk);

        Assert.Equal(["calm-m01", "calm-m02", "calm-m03"], lines.Select(line => line.GetProperty("job").GetString()));
        Assert.Equal(tasks, lines.Select(line => line.GetProperty("task_id").GetString()));
        Assert.All(lines, line => Assert.Equal("../../batch.yaml", line.GetProperty("manifest").GetString()));
        Assert.Equal(Hex(manifest), Manifest(lines[0]));
        Assert.Equal(Hex(manifest), Manifest(lines[1]));
        Assert.Equal(Hex(await File.ReadAllBytesAsync(desk.Folder["batch.yaml"], TestContext.Current.CancellationToken)), Manifest(lines[2]));
        var schema = new SchemaCheck((JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(
            CaseFile.PathOf("schemas/provenance.schema.json"), TestContext.Current.CancellationToken))!);
        Assert.All(lines, line => Assert.True(schema.Accepts(JsonNode.Parse(line.GetRawText())), line.GetRawText()));
        Assert.All(lines[0].EnumerateObject(), member => Assert.False(Accepts(schema, lines[0], member.Name), member.Name));
        var first = lines[0];
        Assert.Equal("calm", first.GetProperty("template").GetString());
        Assert.Equal(Hex("{{ message.scene }} on linen"u8), first.GetProperty("template_sha256").GetString());
        Assert.Equal("m01", first.GetProperty("row").GetProperty("message").GetString());
        Assert.Equal("gen4.5", first.GetProperty("model").GetString());
        Assert.Equal("a window on linen", first.GetProperty("request").GetProperty("promptText").GetString());
        var request = first.GetProperty("request").GetRawText();
        Assert.Equal(Hex(Encoding.UTF8.GetBytes(request)), first.GetProperty("request_sha256").GetString());
        Assert.Equal(
            Hex(Encoding.UTF8.GetBytes($"1\n{first.GetProperty("endpoint").GetString()}\n{request}\n1")), first.GetProperty("key").GetString());
        Assert.Equal("calm-m01.mp4", first.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Equal(JsonValueKind.Null, first.GetProperty("git_commit").ValueKind);
        var text = await File.ReadAllTextAsync(desk.Folder["out/ads/provenance.jsonl"], TestContext.Current.CancellationToken);
        Assert.DoesNotContain("key_canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.Folder.FullPath, text, StringComparison.Ordinal);
        Assert.DoesNotContain("_jwt", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_finds_a_record_that_was_changed_or_is_gone_and_a_run_makes_it_again()
    {
        await using var desk = await Desk.Open();
        await desk.Type("run batch.yaml --yes --new");
        var path = desk.Folder["out/ads/provenance.jsonl"];
        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        await File.WriteAllTextAsync(path, text.Replace("on linen", "on velvet", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var changed = await desk.Type("verify out/ads --json");
        File.Delete(path);
        var gone = await desk.Type("verify out/ads --json");
        await desk.Type("run batch.yaml --yes");
        var whole = await desk.Type("verify out/ads");

        Assert.Equal((11, 11, 0), (changed.Exit, gone.Exit, whole.Exit));
        Assert.Equal("other-provenance", changed.Lines[0].GetProperty("what").GetString());
        Assert.Equal("no-provenance", gone.Lines[0].GetProperty("what").GetString());
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    static List<JsonElement> Lines(Desk desk) =>
        [.. File.ReadLines(desk.Folder["out/ads/provenance.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement)];

    // Without one of its members a line is none.
    static bool Accepts(SchemaCheck schema, JsonElement line, string without)
    {
        var less = (JsonObject)JsonNode.Parse(line.GetRawText())!;
        less.Remove(without);
        return schema.Accepts(less);
    }

    static string? Manifest(JsonElement line) => line.GetProperty("made_from")[0].GetProperty("sha256").GetString();

    static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
