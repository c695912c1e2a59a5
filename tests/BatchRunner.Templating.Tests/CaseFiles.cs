using System.Text.Json;

namespace BatchRunner.Templating.Tests;

/// <summary>The files of cases beside the tests, and models made from JSON.</summary>
static class CaseFiles
{
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "Cases", name);

    public static TemplateModel ModelFrom(JsonElement element)
    {
        var model = new TemplateModel();
        foreach (var member in element.EnumerateObject())
        {
            model[member.Name] = ValueFrom(member.Value);
        }

        return model;
    }

    static object? ValueFrom(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.TryGetInt64(out var integer) ? integer : element.GetDouble(),
        JsonValueKind.Array => element.EnumerateArray().Select(ValueFrom).ToList(),
        JsonValueKind.Object => MapFrom(element),
        _ => null,
    };

    static TemplateMap MapFrom(JsonElement element)
    {
        var map = new TemplateMap();
        foreach (var member in element.EnumerateObject())
        {
            map[member.Name] = ValueFrom(member.Value);
        }

        return map;
    }
}
