using System.Text.Json;

namespace BatchRunner.Templating.Tests;

/// <summary>What Scriban itself answered, case by case.</summary>
public sealed class GoldenSpecs
{
    static readonly TemplateOptions options = TemplateOptions.Scriban;

    /// <summary>Where this engine answers otherwise on purpose: the compatibility table of LANGUAGE.md.</summary>
    static readonly HashSet<string> otherwise = [];

    [Fact]
    public void Every_golden_case_gives_what_Scriban_gave()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(CaseFiles.Path("golden-cases.json")));
        var wrong = new List<string>();
        var count = 0;
        var sameColumn = 0;
        var errors = 0;
        foreach (var element in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            var name = element.GetProperty("name").GetString() ?? "";
            var text = element.GetProperty("template").GetString() ?? "";
            var result = Template.Parse(text, options).Render(CaseFiles.ModelFrom(element.GetProperty("model")), CancellationToken.None);
            count++;
            if (element.TryGetProperty("output", out var output))
            {
                if (result.Problem is not null || result.Text != output.GetString())
                {
                    wrong.Add($"{name}: {text}\n  expected {output.GetString()}\n  found    {result.Problem?.ToString() ?? result.Text}");
                }

                continue;
            }

            errors++;
            var error = element.GetProperty("error");
            sameColumn += result.Problem?.Column == error.GetProperty("column").GetInt32() ? 1 : 0;
            if (result.Problem?.Line != error.GetProperty("line").GetInt32())
            {
                wrong.Add($"{name}: {text}\n  expected an error at {error}\n  found    {result.Problem?.ToString() ?? result.Text}");
            }
        }

        Console.WriteLine(
            $"{count - wrong.Count} of {count} golden cases; {errors} are errors, {sameColumn} of them at Scriban's own column");
        Assert.True(wrong.TrueForAll(w => otherwise.Contains(w.Split(':')[0])), string.Join("\n\n", wrong));
        Assert.Equal(224, count);
    }
}
