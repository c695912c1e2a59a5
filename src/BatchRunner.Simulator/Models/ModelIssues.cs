using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Simulator.Api;

namespace BatchRunner.Simulator.Models;

/// <summary>Says the engine's findings in the API's terms.</summary>
static class ModelIssues
{
    public static Issue Of(RequestProblem problem, ModelVariant variant, JsonObject body)
    {
        var steps = problem.Pointer.Split('/').Skip(1)
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
            .ToList();
        var code = problem.Code switch
        {
            "BR0513" or "BR0515" => "invalid_type",
            "BR0514" => "unrecognized_keys",
            "BR0516" or "BR0517" => "invalid_value",
            "BR0518" or "BR0522" => IsTooBig(variant.Rule(steps), At(body, steps)) ? "too_big" : "too_small",
            "BR0519" => "too_small",
            "BR0520" => "too_big",
            "BR0521" or "BR0536" or "BR0537" or "BR0538" => "invalid_format",
            _ => "custom",
        };
        if (problem.MissingField is { } missing)
        {
            steps.Add(missing);
        }

        return new Issue(code, [.. steps.Select(Step)], problem.Message.Replace('`', '"'));
    }

    static bool IsTooBig(FieldRule? rule, JsonNode? value) => value is JsonArray list
        ? list.Count > rule?.MaxLength
        : JsonValues.Number(value) > rule?.Maximum;

    static JsonNode? At(JsonNode? node, List<string> steps)
    {
        foreach (var step in steps)
        {
            node = node switch
            {
                JsonObject map => map[step],
                JsonArray list when int.TryParse(step, out var index) && index >= 0 && index < list.Count => list[index],
                _ => null,
            };
        }

        return node;
    }

    static JsonValue Step(string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? JsonValue.Create(index)
            : JsonValue.Create(step);
}
