using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Views;

/// <summary>Shows the catalogue: a line per model and endpoint, or one model's fields.</summary>
sealed class ModelsView(Voice voice)
{
    /// <summary>Every model.</summary>
    public void Write(ModelCatalogue catalogue)
    {
        if (voice.IsJson)
        {
            foreach (var variant in catalogue.Models.SelectMany(model => model.Variants))
            {
                voice.Answer(JsonLine.Of("model", json =>
                {
                    json.WriteString("model", variant.Model);
                    json.WriteString("endpoint", variant.Endpoint);
                    json.WriteString("makes", variant.OutputKind);
                    json.WriteString("credits", PriceWords.Of(variant.Price));
                }));
            }

            return;
        }

        var table = new Table("model", "endpoint", "makes", "credits", "seconds", "ratios");
        foreach (var model in catalogue.Models)
        {
            foreach (var variant in model.Variants)
            {
                table.Add(
                    model.Name, variant.Endpoint, variant.OutputKind, PriceWords.Of(variant.Price),
                    Takes(variant, "duration").Replace("whole number ", "", StringComparison.Ordinal), Takes(variant, "ratio"));
            }

            if (model.Variants.Count == 0 && model.Retired is { } retired)
            {
                table.Add(model.Name, "retired", "", "", Day(retired.Date), retired.UseInstead is { } other ? $"use {other}" : "");
            }
        }

        foreach (var line in table.Lines(voice.AnswerWidth))
        {
            voice.Answer(line);
        }

        voice.Say($"as of {Day(catalogue.Date)}, from {SafeText.Line(catalogue.Source)}; `batchrunner models NAME` has the fields");
    }

    /// <summary>One model.</summary>
    public void Write(Model model)
    {
        foreach (var variant in model.Variants)
        {
            if (!voice.IsJson)
            {
                voice.Answer($"{variant.Model} on {variant.Endpoint}, makes {variant.OutputKind}, credits: {PriceWords.Of(variant.Price)}");
            }

            var table = new Table("  field", "", "takes");
            foreach (var (path, rule) in Fields(variant.Body, ""))
            {
                if (voice.IsJson)
                {
                    voice.Answer(JsonLine.Of("field", json =>
                    {
                        json.WriteString("model", variant.Model);
                        json.WriteString("endpoint", variant.Endpoint);
                        json.WriteString("field", path);
                        json.WriteBoolean("required", rule.IsRequired);
                        json.WriteString("takes", Takes(rule));
                    }));
                }

                table.Add("  " + path, rule.IsRequired ? "required" : "", Takes(rule));
            }

            foreach (var line in voice.IsJson ? [] : table.Lines(voice.AnswerWidth).Append(""))
            {
                voice.Answer(line);
            }
        }

        if (model.Retired is { } retired)
        {
            voice.Say($"`{SafeText.Line(model.Name)}` was retired on {Day(retired.Date)}"
                + (retired.UseInstead is { } other ? $"; use `{SafeText.Line(other)}`" : ""));
        }
    }

    static IEnumerable<(string Path, FieldRule Rule)> Fields(FieldRule parent, string before)
    {
        foreach (var field in parent.Fields.Where(field => before.Length > 0 || field.Name != "model"))
        {
            var path = before + field.Name;
            yield return (path, field);
            var inner = field.Item is { } item ? Fields(item, path + "[].") : Fields(field, path + ".");
            foreach (var deeper in inner)
            {
                yield return deeper;
            }
        }
    }

    static string Takes(ModelVariant variant, string field) =>
        variant.Body.Fields.FirstOrDefault(rule => rule.Name == field) is { } rule ? Takes(rule) : "";

    static string Takes(FieldRule rule)
    {
        if (rule.Choices.Count > 0)
        {
            return string.Join(' ', rule.Choices.Select(Plain));
        }

        var range = (rule.Minimum, rule.Maximum) switch
        {
            ({ } least, { } most) => $" {Figures.Number(least)} to {Figures.Number(most)}",
            ({ } least, null) => $" of at least {Figures.Number(least)}",
            (null, { } most) => $" up to {Figures.Number(most)}",
            _ => "",
        };
        return rule.Kind switch
        {
            FieldKind.Text => rule.MaxLength is { } most ? $"text up to {Figures.Number(most)} letters" : "text",
            FieldKind.Integer => "whole number" + range,
            FieldKind.Number => "number" + range,
            FieldKind.Boolean => "true or false",
            FieldKind.Media => $"{rule.Media ?? "file"}: path or https URL",
            FieldKind.List => rule.MaxLength is { } most ? $"list of up to {most}" : "list",
            FieldKind.OneOf => string.Join(", or ", rule.Alternatives.Select(Takes).Distinct()),
            _ => "",
        };
    }

    static string Plain(JsonNode node) => node.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : node.ToJsonString();

    static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
