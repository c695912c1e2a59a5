using System.Text.Json.Nodes;
using BatchRunner.Expansion.Keys;

namespace BatchRunner.Tests.Expansion;

public sealed class CanonicalJsonSpecs
{
    [Theory]
    [InlineData("""{ "b": 1, "a": { "z": true, "y": "x" } }""", """{"a":{"y":"x","z":true},"b":1}""")]
    [InlineData("""{ "a": 5.0, "b": 5e0, "c": 0.50, "d": -0.0, "e": 1e3 }""", """{"a":5,"b":5,"c":0.5,"d":0,"e":1000}""")]
    [InlineData("""{ "a": null, "b": "", "c": [], "d": {}, "e": [ null, { "f": "" } ], "g": 0, "h": false }""", """{"g":0,"h":false}""")]
    [InlineData("""{ "a": "é\u00e9 \u2028 \"\\ / \n\t\u0001 😀" }""", "{\"a\":\"éé \u2028 \\\"\\\\ / \\n\\t\\u0001 😀\"}")]
    [InlineData("""{ "ä": 1, "z": 2, "Z": 3 }""", """{"Z":3,"z":2,"ä":1}""")]
    [InlineData("""[ 3, 1, 2 ]""", """[3,1,2]""")]
    public void One_text_for_all_that_ask_for_the_same(string written, string canonical)
    {
        var node = JsonNode.Parse(written) ?? throw new InvalidOperationException();

        Assert.Equal(canonical, CanonicalJson.Of(node));
    }

    [Fact]
    public void It_is_its_own_canonical_form()
    {
        var once = CanonicalJson.Of(JsonNode.Parse("""{ "b": [ 1.10, { "a": "\u0007" } ], "a": "x" }""") ?? "");

        Assert.Equal(once, CanonicalJson.Of(JsonNode.Parse(once) ?? ""));
    }
}
