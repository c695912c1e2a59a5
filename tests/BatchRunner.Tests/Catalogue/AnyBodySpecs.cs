using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>Whatever stands in a body, it is judged and never breaks the judge.</summary>
public sealed class AnyBodySpecs
{
    [Fact]
    public void Any_body_is_judged_and_priced()
    {
        var random = new Random(5);
        foreach (var body in BodyCases.Minimal().Concat(BodyCases.All()))
        {
            var variant = ModelCatalogue.BuiltIn.Find($"{body.Body["model"]}")?.On(body.Endpoint);
            Assert.NotNull(variant);
            for (var i = 0; i < 30; i++)
            {
                var changed = body.Body.DeepClone().AsObject();
                foreach (var field in variant.Body.Fields.Where(_ => random.Next(3) == 0))
                {
                    changed[field.Name] = Value(random, 0);
                }

                var facts = new MediaFacts("image/png", random.Next(), random.Next(5000), random.Next(5000), random.Next(500));
                MediaFacts? Media(string pointer) => random.Next(2) == 0 ? facts : null;

                var problems = variant.Check(changed, Media);
                var estimate = variant.Estimate(changed, Media);

                Assert.All(problems, problem => Assert.NotEmpty(problem.Message));
                Assert.Equal(estimate.Credits is null, estimate.Why is not null);
                Assert.False(estimate.Credits < 0 && problems.Count == 0, $"{changed.ToJsonString()} costs {estimate.Credits}");
                Assert.StartsWith(".", variant.Extension(changed), StringComparison.Ordinal);
            }
        }
    }

    static JsonNode? Value(Random random, int depth) => random.Next(depth > 3 ? 9 : 12) switch
    {
        0 => null,
        1 => random.Next(-5, 40),
        2 => random.NextDouble() * 100,
        3 => 7e27,
        4 => true,
        5 => "",
        6 => "1:1:1",
        7 => "data:image/png;base64,%%%",
        8 => new string('x', random.Next(2000)),
        9 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth + 1))]),
        _ => new JsonObject(new[] { "uri", "position", "type", "tag", "range" }
            .Where(_ => random.Next(2) == 0)
            .Select(name => KeyValuePair.Create(name, Value(random, depth + 1)))),
    };
}
