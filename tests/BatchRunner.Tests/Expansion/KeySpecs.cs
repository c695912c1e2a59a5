using BatchRunner.Expansion.Keys;
using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>What a job is paid for under stays the same as long as the same is asked for.</summary>
public sealed class KeySpecs
{
    const string Sheet = "id,scene,look\nr1,a lamp,warm\nr2,a door,cold\n";

    const string Batch = """
        version: 1
        name: t
        templates: { calm: "{{ row.scene }}, {{ row.look }}" }
        variables: { row: r.csv, format: [ { id: wide, ratio: "1280:720" } ] }
        image: assets/hero.png
        request: { model: gen4_turbo, ratio: "{{ format.ratio }}", duration: 5 }
        """;

    // Made by another program from the rule in JobKeys: a change here makes everybody pay again for what they have.
    [Theory]
    [InlineData("image_to_video", """{"duration":5,"model":"gen4_turbo","promptText":"a lamp"}""", 1, "73776744be30df3204d30772cd8eb6bdea286f123c730803d01a6fd02336ffd7")]
    [InlineData("text_to_video", """{"duration":5,"model":"gen4.5","promptText":"Größe \"x\"","ratio":"1280:720","seed":7}""", 2, "eee26a86eace6b5d8ebd0ca03e8c197b4765b8c9fe75256d5ecbd3db9aa61567")]
    public void Keys_never_change(string endpoint, string request, int take, string key) =>
        Assert.Equal(key, JobKeys.Of(endpoint, request, take).Hex);

    [Fact]
    public void Keys_of_whole_batches_never_change()
    {
        var batch = Batch.Replace("image: assets/hero.png\n", "", StringComparison.Ordinal).Replace("gen4_turbo", "gen4.5", StringComparison.Ordinal);

        var keys = Expanded.OfFiles("batch.yaml", batch, "r.csv", Sheet).Keys;

        Assert.Equal(
            [
                "e3261c4dc02018f4111f95ddbbfeebdd57619e6abe6a8c3cb798ad479cbd2064",
                "3f26efbbdc1a982f2b914df088a0a604e07ab94060d2356a65cf77e46551072d",
            ],
            keys);
    }

    [Fact]
    public void Another_take_another_endpoint_another_word_is_another_key()
    {
        string[] keys =
        [
            JobKeys.Of("text_to_video", "{}", 1).Hex,
            JobKeys.Of("text_to_video", "{}", 2).Hex,
            JobKeys.Of("image_to_video", "{}", 1).Hex,
            JobKeys.Of("text_to_video", """{"a":1}""", 1).Hex,
        ];

        Assert.Equal(4, keys.Distinct().Count());
    }

    public static TheoryData<string, string, string> Rewritten => new()
    {
        {
            "another layout of YAML",
            """
            name: another
            version: 1
            request:
              duration: 5.0
              "model": 'gen4_turbo'
              ratio: >-
                {{ format.ratio }}
            image: "assets/hero.png"
            variables:
              row: r.csv
              format:
              - ratio: "1280:720"
                id: tall
            templates:
              bold: |

                {{ row.scene }}, {{ row.look }}
            """,
            Sheet
        },
        { "columns in another order", Batch, "look,id,scene\nwarm,r1,a lamp\ncold,r2,a door\n" },
        { "more columns, quotes and blank lines", Batch, "id;scene;look;note\n\n\"r1\";\" a lamp \";warm;x\nr2;a door;cold;\n" },
        { "rows renamed", Batch, "id,scene,look\nx,a lamp,warm\ny,a door,cold\n" },
        {
            "values moved to the template's request",
            """
            version: 1
            templates: { calm: { text: "{{ row.scene }}, {{ row.look }}", request: { ratio: "1280:720", duration: 5 } } }
            variables: { row: r.csv }
            image: assets/hero.png
            request: { model: gen4_turbo, duration: 8 }
            name: t
            """,
            Sheet
        },
        {
            "values moved to an axis' request",
            """
            version: 1
            name: t
            templates: { calm: "{{ row.scene }}, {{ row.look }}" }
            variables: { row: r.csv, format: [ { id: wide, request: { ratio: "1280:720", model: gen4_turbo } } ] }
            request: { promptImage: assets/hero.png, duration: "{{ 4 + 1 }}", contentModeration: { publicFigureThreshold: "" } }
            """,
            Sheet
        },
        { "the image under another name", Batch.Replace("assets/hero.png", "pictures/the same.png", StringComparison.Ordinal), Sheet },
        { "the endpoint written out", Batch.Replace("{ model", "{ endpoint: image_to_video, model", StringComparison.Ordinal), Sheet },
        { "other names and outputs", Batch + "\nid: \"{{ row.id }}\"\noutput: \"x/{{ row.id }}\"", Sheet },
    };

    [Theory]
    [MemberData(nameof(Rewritten))]
    public void The_same_written_otherwise_has_the_same_keys(string what, string batch, string sheet)
    {
        using var folder = new TempFolder();
        Picture.WriteTo(folder, "assets/hero.png");
        Picture.WriteTo(folder, "pictures/the same.png");
        folder.Write("a.yaml", Batch);
        folder.Write("r.csv", Sheet);
        var first = Expanded.Of(folder["a.yaml"]);
        folder.Write("b.yaml", batch);
        folder.Write("r.csv", sheet);

        var second = Expanded.Of(folder["b.yaml"]);

        Assert.Equal("", new Expanded(null, second.Problems).Text(folder.FullPath));
        Assert.True(first.Keys.SequenceEqual(second.Keys), what);
        Assert.Equal(2, first.Keys.Distinct().Count());
    }

    [Fact]
    public void Rows_in_another_order_keep_their_keys()
    {
        var forwards = Expanded.OfFiles("batch.yaml", Batch, "r.csv", Sheet);
        var backwards = Expanded.OfFiles("batch.yaml", Batch, "r.csv", "id,scene,look\nr2,a door,cold\nr0,a chair,grey\nr1,a lamp,warm\n");

        Assert.Equal(forwards.Keys.Order(), backwards.Keys.Order().Where(forwards.Keys.Contains));
        Assert.Equal(3, backwards.Keys.Count());
    }

    [Fact]
    public void Another_picture_under_the_same_name_is_another_key()
    {
        using var folder = new TempFolder();
        folder.Write("batch.yaml", Batch);
        folder.Write("r.csv", Sheet);
        Picture.WriteTo(folder, "assets/hero.png");
        var first = Expanded.Of(folder["batch.yaml"]);
        Picture.WriteTo(folder, "assets/hero.png", flavour: 1);

        Assert.Empty(first.Keys.Intersect(Expanded.Of(folder["batch.yaml"]).Keys));
    }

    [Fact]
    public void A_url_signed_anew_is_the_same_and_its_signature_is_nowhere_but_in_what_is_sent()
    {
        var batch = Batch.Replace("assets/hero.png", "\"{{ row.img }}\"", StringComparison.Ordinal);
        var keys = new List<string>();
        foreach (var signature in new[] { "1a2b3c", "4d5e6f" })
        {
            var url = $"https://cdn.example.com/a.png?v=2&X-Amz-Credential=x&X-Amz-Signature={signature}";
            var job = Assert.Single(Expanded.OfFiles("batch.yaml", batch, "r.csv", $"id,scene,look,img\nr1,a,b,{url}\n").Jobs);

            Assert.Equal(url, Assert.Single(job.Inputs).Url);
            Assert.DoesNotContain(signature, job.Request, StringComparison.Ordinal);
            Assert.All(job.Rows, row => Assert.DoesNotContain(row.Values, value => value?.Contains(signature, StringComparison.Ordinal) == true));
            Assert.Contains("https://cdn.example.com/a.png?v=2", job.Request, StringComparison.Ordinal);
            keys.Add(job.Key.Hex);
        }

        Assert.Single(keys.Distinct());
    }
}
