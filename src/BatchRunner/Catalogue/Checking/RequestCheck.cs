using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Checking;

/// <summary>Holds a request against the rules of a model on an endpoint and tells everything at once.</summary>
sealed class RequestCheck
{
    readonly string where;
    readonly Func<string, MediaFacts?> media;
    readonly List<RequestProblem> problems = [];

    RequestCheck(string where, Func<string, MediaFacts?> media) => (this.where, this.media) = (where, media);

    public static IReadOnlyList<RequestProblem> Run(ModelVariant variant, JsonObject body, Func<string, MediaFacts?> media)
    {
        var check = new RequestCheck($"`{variant.Model}`", media);
        if (variant.Retired is { } retired)
        {
            check.problems.Add(CatalogueProblems.Retired("/model", variant.Model, retired));
        }

        check.Object("", body, variant.Body, check.where);
        check.problems.AddRange(CombinationCheck.Run(variant.Rules, new RequestValues(variant.Body, body, media)));
        return check.problems;
    }

    void Value(string pointer, JsonNode? value, FieldRule rule)
    {
        switch (rule.Kind, value?.GetValueKind())
        {
            case (FieldKind.OneOf, _):
                OneOf(pointer, value, rule);
                break;
            case (FieldKind.Object, JsonValueKind.Object):
                Object(pointer, value as JsonObject ?? [], rule, Wording.Name(pointer));
                break;
            case (FieldKind.List, JsonValueKind.Array):
                List(pointer, value as JsonArray ?? [], rule);
                break;
            case (FieldKind.Media, JsonValueKind.String):
                problems.AddRange(MediaCheck.Run(pointer, JsonValues.Text(value) ?? "", rule, where, media(pointer)));
                break;
            case (FieldKind.Boolean, JsonValueKind.True or JsonValueKind.False):
                break;
            case (FieldKind.Text or FieldKind.Integer or FieldKind.Number, _)
                when ScalarCheck.Takes(rule.Kind, value?.GetValueKind()):
                problems.AddRange(ScalarCheck.Run(pointer, value, rule, where));
                break;
            default:
                problems.Add(CatalogueProblems.WrongKind(pointer, Kinds.Found(value), Kinds.Expected(rule), Kinds.Hint(value, rule)));
                break;
        }
    }

    void Object(string pointer, JsonObject value, FieldRule rule, string owner)
    {
        foreach (var (name, member) in value)
        {
            var at = Wording.Pointer(pointer, name);
            if (rule.Field(name) is { } field)
            {
                Value(at, member, field);
            }
            else
            {
                var known = rule.Fields.Select(f => f.Name).Where(known => !value.ContainsKey(known)).ToList();
                problems.Add(CatalogueProblems.UnknownField(at, name, owner, rule.IsStrict, known));
            }
        }

        foreach (var field in rule.Fields.Where(field => field.IsRequired && !value.ContainsKey(field.Name)))
        {
            problems.Add(CatalogueProblems.MissingField(pointer, field.Name, owner));
        }
    }

    void List(string pointer, JsonArray value, FieldRule rule)
    {
        if (value.Count < rule.MinLength || value.Count > rule.MaxLength)
        {
            problems.Add(CatalogueProblems.WrongCount(pointer, value.Count, where, rule));
        }

        for (var i = 0; i < value.Count && rule.Item is not null; i++)
        {
            Value($"{pointer}/{i}", value[i], rule.Item);
        }

        if (rule.Together is { } together)
        {
            problems.AddRange(ListCheck.Run(pointer, value, together, media));
        }
    }

    // The alternative meant is the one whose kind of value it is; among several objects the one whose marking members
    // are there (`type`, or the ones it requires); among the rest the one with the fewest mistakes.
    void OneOf(string pointer, JsonNode? value, FieldRule rule)
    {
        if (rule.Alternatives.All(Kinds.IsScalar))
        {
            problems.AddRange(ScalarCheck.OneOf(pointer, value, rule, where));
            return;
        }

        var fitting = rule.Alternatives.Where(alternative => Kinds.Fits(alternative, value)).ToList();
        if (fitting.Count == 0)
        {
            problems.Add(CatalogueProblems.WrongKind(pointer, Kinds.Found(value), Kinds.Expected(rule), Kinds.Hint(value, rule)));
            return;
        }

        if (fitting.Count == 1)
        {
            Value(pointer, value, fitting[0]);
            return;
        }

        var tried = fitting.Select(alternative => Trial(pointer, value, alternative)).MinBy(found => found.Weight);
        problems.AddRange(tried.Found);
    }

    (List<RequestProblem> Found, int Weight) Trial(string pointer, JsonNode? value, FieldRule alternative)
    {
        var trial = new RequestCheck(where, media);
        trial.Value(pointer, value, alternative);
        var marked = alternative.Fields.FirstOrDefault(field => field.Name == "type")?.Choices;
        var isMeant = marked is { Count: > 0 } && value is JsonObject o && marked.Any(choice => JsonValues.Same(choice, o["type"]));
        return (trial.problems, isMeant ? -1 : trial.problems.Count);
    }
}
