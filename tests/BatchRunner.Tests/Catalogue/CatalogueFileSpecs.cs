using System.Text;
using BatchRunner.Catalogue;
using BatchRunner.Catalogue.Reading;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>A catalogue file of the user's: every mistake in it has its place.</summary>
public sealed class CatalogueFileSpecs
{
    [Theory]
    [InlineData("{", "1:2 BR0501 this is not JSON from here on")]
    [InlineData("", "1:1 BR0501 this is not JSON from here on")]
    [InlineData("{ 'a': 1 }", "1:3 BR0501 this is not JSON from here on")]
    [InlineData("{}\n{}", "2:1 BR0501 this is not JSON from here on")]
    [InlineData("[]", "1:1 BR0502 the catalogue is a list, but should be an object")]
    [InlineData("{}", "1:1 BR0504 the catalogue has no `date`", "1:1 BR0504 the catalogue has no `source`", "1:1 BR0504 the catalogue has no `models`")]
    [InlineData("{ \"date\": \"23.9.2026\", \"source\": \"s\", \"models\": {} }", "1:11 BR0502 `date` is `23.9.2026`, but should be a day like 2026-09-23")]
    [InlineData("{ \"date\": \"2026-09-23\", \"sorce\": \"s\", \"source\": \"s\", \"models\": {} }",
        "1:25 BR0503 unknown key `sorce` in the catalogue (did you mean `source`?)")]
    [InlineData("{ \"date\": \"2026-09-23\",\n  \"source\": \"ü\", \"source\": \"s\", \"models\": {} }",
        "2:18 BR0507 the key `source` stands here and in line 2")]
    [InlineData("{ \"date\": \"2026-09-23\", \"source\": \"s\", \"models\": {}, \"fields\": { \"a\": \"b\", \"b\": { \"use\": \"a\" } } }",
        "1:71 BR0506 `b` leads back to itself or is nested too deep", "1:90 BR0506 `a` leads back to itself or is nested too deep")]
    public void A_mistake_at_the_top_is_told_with_line_and_column(string text, params string[] expected) =>
        Assert.Equal(expected, Mistakes(text));

    [Theory]
    [InlineData("""{ }""", "1:1 BR0504 the model `m` has no `endpoints`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "output": "film" } } }""",
        "1:54 BR0502 `output` is `film`, but should be `video`, `image` or `audio`")]
    [InlineData("""{ "endpoints": { "e": { } } }""", "1:18 BR0504 `m` on `e` has no `output`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "required": ["b"], "fields": { "a": { "type": "text" } } } } }""",
        "1:56 BR0505 there is no field `b` (did you mean `a`?)")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": "promt" } } } }""",
        "1:61 BR0505 there is no shared field `promt` (did you mean `prompt`?)")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": { "typ": "text" } } } } }""",
        "1:63 BR0503 unknown key `typ` in the field `a` (did you mean `type`?)", "1:61 BR0504 the field `a` has no `type`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": { "type": "integer", "range": [10, 2] } } } } }""",
        "1:91 BR0502 `range` is a list of 2, but should be two ends like [2, 10], the lower first")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": { "type": "text", "length": [1, 2.5] } } } } }""",
        "1:89 BR0502 `length` is 1 to 2.5, but should be whole numbers from 0 to 2147483647")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": { "type": "text", "values": "@ratio" } } } } }""",
        "1:89 BR0505 there is no shared list `ratio` (did you mean `ratios`?)")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "fields": { "a": { "type": "text", "pattern": "(" } } } } }""",
        "1:90 BR0502 `pattern` is `(`, but should be a regular expression without look-around or back references")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "price": { "parts": [{ "per": "second", "of": "duration", "credits": 5 }] } } } }""",
        "1:90 BR0505 there is no field `duration`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "price": { "parts": [{ "per": "minute", "credits": 5 }] } } } }""",
        "1:74 BR0502 `per` is `minute`, but should be `request`, `second`, `input_second`, `input_frame`, `output`, `item` or `utf16`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "price": { "parts": [{ "per": "request", "credits": -5 }] } } } }""",
        "1:96 BR0502 `credits` is -5, but should be 0 or more")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "price": { "parts": [{ "per": "request" }] } } } }""",
        "1:65 BR0504 a part of the price has no `credits`")]
    [InlineData("""{ "output": "video", "endpoints": { "e": { "price": { } } } }""", "1:53 BR0504 the price has no `parts`")]
    [InlineData("""{ "like": "n", "endpoints": {} }""", "1:11 BR0505 there is no model `n` (did you mean `m`?)")]
    [InlineData("""{ "like": "m", "endpoints": {} }""", "1:11 BR0506 `m` leads back to itself or is nested too deep")]
    [InlineData("""{ "output": "video", "retired": { "use": "q" }, "endpoints": {} }""",
        "1:42 BR0505 there is no model `q` (did you mean `m`?)", "1:33 BR0504 `retired` has no `date`")]
    public void A_mistake_in_a_model_is_told_with_line_and_column(string model, params string[] expected)
    {
        const string before = """
            { "date": "2026-09-23", "source": "s", "lists": { "ratios": ["1:1"] },
              "fields": { "prompt": { "type": "text" } }, "models": { "m":
            """;
        var mistakes = Mistakes($"{before}\n{model}\n}} }}");

        Assert.Equal(expected.Select(line => line.Replace("1:", "3:", StringComparison.Ordinal)).Order(), mistakes.Order());
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        using var folder = new TempFolder();
        var problems = new DiagnosticBag();

        Assert.Null(ModelCatalogue.Load(new SourceFile("models.json", folder["models.json"]), problems));
        Assert.Null(ModelCatalogue.Load(new SourceFile("folder", folder.FullPath), problems));

        Assert.Equal(
            ["BR0500 the catalogue `models.json` can't be read", "BR0500 the catalogue `folder` can't be read"],
            problems.Select(problem => $"{problem.Code} {problem.Message}"));
    }

    [Fact]
    public void A_file_of_the_user_s_takes_the_place_of_the_built_in_one()
    {
        using var folder = new TempFolder();
        var path = folder.Write("models.json", """
            {
              "date": "2027-01-02", // comments are fine
              "source": "me",
              "models": {
                "gen5": {
                  "output": "video",
                  "endpoints": { "text_to_video": { "fields": { "duration": { "type": "integer" } } } },
                  "price": { "parts": [{ "per": "second", "of": "duration", "credits": 3 }] }
                },
                "image5": {
                  "output": "image",
                  "endpoints": {
                    "text_to_image": {
                      "fields": {
                        "outputCount": { "type": "integer", "default": 1 },
                        "references": { "type": "list", "item": { "type": "object", "fields": { "uri": { "type": "image" } } } }
                      }
                    }
                  },
                  "price": { "minimum": 4, "parts": [{ "per": "item", "of": "references", "times": "outputCount", "credits": 2 }] }
                }
              }
            }
            """);
        var problems = new DiagnosticBag();

        var catalogue = ModelCatalogue.Load(new SourceFile("models.json", path), problems);

        Assert.Empty(problems);
        Assert.Equal(("me", new DateOnly(2027, 1, 2)), (catalogue?.Source, catalogue?.Date ?? default));
        Assert.Equal(["text_to_video", "text_to_image"], catalogue?.Endpoints);
        foreach (var request in new[] { "12 text_to_video gen5 duration=4", "12 text_to_image image5 references*3 outputCount=2", "4 text_to_image image5" }.Select(row => new PricedRequest(row)))
        {
            var credits = catalogue?.Find(request.Model)?.On(request.Endpoint)?.Estimate(request.Body, request.Media).Credits;
            Assert.Equal(request.Expected, $"{credits}");
        }
    }

    [Fact]
    public void A_damaged_file_never_breaks_the_reader()
    {
        var whole = BuiltInBytes();
        var random = new Random(20260923);
        var kept = 0;
        for (var i = 0; i < 150; i++)
        {
            var bytes = whole.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
            {
                var from = random.Next(bytes.Length - 40);
                var to = random.Next(bytes.Length - 40);
                bytes.AsSpan(from, random.Next(1, 40)).CopyTo(bytes.AsSpan(to));
            }

            var problems = new DiagnosticBag();
            var catalogue = CatalogueReader.Read(new SourceFile("m", "m"), bytes, problems);

            Assert.Equal(catalogue is null, problems.HasErrors);
            kept += catalogue is null ? 0 : 1;
        }

        Assert.InRange(kept, 0, 149);
    }

    [Fact]
    public void Shared_fields_that_multiply_are_given_up()
    {
        var shared = string.Join(", ", Enumerable.Range(0, 14).Select(i =>
            $$""" "f{{i}}": { "type": "one_of", "of": [{{string.Join(", ", Enumerable.Repeat($"\"f{i + 1}\"", 20))}}] } """));
        var text = $$"""{ "date": "2026-09-23", "source": "s", "fields": { {{shared}}, "f14": { "type": "text" } }, "models": {} }""";

        Assert.Contains(Mistakes(text), mistake => mistake.Contains("BR0506", StringComparison.Ordinal));
    }

    static byte[] BuiltInBytes()
    {
        using var stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream("models.json");
        using var copy = new MemoryStream();
        stream?.CopyTo(copy);
        return copy.ToArray();
    }

    static List<string> Mistakes(string text)
    {
        var problems = new DiagnosticBag();
        _ = CatalogueReader.Read(new SourceFile("models.json", "models.json"), Encoding.UTF8.GetBytes(text), problems);
        return
        [
            .. problems.InOrder().Select(problem =>
                $"{problem.Place?.Line}:{problem.Place?.Column} {problem.Code} {problem.Message}" + (problem.Hint is { } hint ? $" ({hint})" : "")),
        ];
    }
}
