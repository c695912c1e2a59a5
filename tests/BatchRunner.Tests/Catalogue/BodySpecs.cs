using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>The catalogue judges requests as the official schema does.</summary>
public sealed class BodySpecs
{
    public static TheoryData<int> Lines => [.. BodyCases.All().Select(body => body.Line)];

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_body_is_judged_as_by_hand(int line)
    {
        var body = BodyCases.All().Single(body => body.Line == line);

        var errors = Errors(body.Endpoint, body.Body);

        Assert.True(errors.Count == 0 == body.IsAccepted, $"{body}\n{string.Join('\n', errors)}");
    }

    [Fact]
    public void There_are_at_least_200_of_them_and_every_endpoint_has_both_kinds()
    {
        var bodies = BodyCases.All();

        Assert.True(bodies.Count >= 200, $"{bodies.Count}");
        foreach (var endpoint in ModelCatalogue.BuiltIn.Endpoints)
        {
            Assert.Contains(bodies, body => body.Endpoint == endpoint && body.IsAccepted);
            Assert.Contains(bodies, body => body.Endpoint == endpoint && !body.IsAccepted);
        }
    }

    [Fact]
    public void Every_model_on_every_endpoint_takes_its_minimal_body_and_nothing_less()
    {
        var minimal = BodyCases.Minimal();
        var variants = ModelCatalogue.BuiltIn.Models.SelectMany(model => model.Variants).Select(v => $"{v.Model} {v.Endpoint}");

        Assert.Equal(variants.Order(), minimal.Select(body => $"{body.Body["model"]} {body.Endpoint}").Order());
        foreach (var body in minimal)
        {
            Assert.Empty(Errors(body.Endpoint, body.Body));
            foreach (var field in body.Body.Select(member => member.Key).Where(key => key != "model"))
            {
                var less = body.Body.DeepClone().AsObject();
                _ = less.Remove(field);
                Assert.True(Errors(body.Endpoint, less).Count > 0, $"{body} without {field}");
            }
        }
    }

    [Fact]
    public void A_rejected_body_has_one_cause_and_is_told_once()
    {
        var many = BodyCases.All()
            .Where(body => !body.IsAccepted)
            .Select(body => (body, Errors: Errors(body.Endpoint, body.Body)))
            .Where(judged => judged.Errors.Count > 2)
            .Select(judged => $"{judged.body}\n  {string.Join("\n  ", judged.Errors)}");

        Assert.Empty(many);
    }

    static List<string> Errors(string endpoint, JsonObject body)
    {
        var variant = ModelCatalogue.BuiltIn.Find(body["model"]?.GetValue<string>() ?? "")?.On(endpoint);
        Assert.True(variant is not null, $"{body["model"]} on {endpoint}");
        return
        [
            .. variant.Check(body, _ => null)
                .Where(problem => problem.Severity == Severity.Error)
                .Select(problem => $"{problem.Pointer} {problem.Code} {problem.Message}"),
        ];
    }
}
