using System.Text.Json;
using BatchRunner.Expansion;

namespace BatchRunner.Planning;

/// <summary>Tells which fields of two requests differ.</summary>
static class RequestDiff
{
    public static IReadOnlyList<FieldChange> Between(JobSpec old, JobSpec now)
    {
        var changes = new List<FieldChange>();
        Add(changes, "endpoint", old.Endpoint, now.Endpoint);
        using var before = JsonDocument.Parse(old.Request);
        using var after = JsonDocument.Parse(now.Request);
        var (was, becomes) = (Members(before), Members(after));
        foreach (var field in was.Keys.Union(becomes.Keys).Order(StringComparer.Ordinal))
        {
            Add(changes, field, was.GetValueOrDefault(field), becomes.GetValueOrDefault(field));
        }

        if (old.Take != now.Take)
        {
            changes.Add(new FieldChange("take", Text(old.Take), Text(now.Take)));
        }

        return changes;
    }

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    static void Add(List<FieldChange> changes, string field, string? old, string? now)
    {
        if (old != now)
        {
            changes.Add(new FieldChange(field, old, now));
        }
    }

    static Dictionary<string, string> Members(JsonDocument request) =>
        request.RootElement.ValueKind == JsonValueKind.Object
            ? request.RootElement.EnumerateObject().ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind == JsonValueKind.String
                    ? member.Value.GetString() ?? ""
                    : member.Value.GetRawText(),
                StringComparer.Ordinal)
            : [];
}
