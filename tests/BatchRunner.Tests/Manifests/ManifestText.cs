using System.Globalization;
using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;

namespace BatchRunner.Tests.Manifests;

/// <summary>Writes what was read, and what is wrong, as lines that a case file can hold.</summary>
static class ManifestText
{
    public static string Of(Manifest? manifest, DiagnosticBag problems, string folder)
    {
        var text = new StringBuilder();
        foreach (var problem in problems.InOrder())
        {
            text.Append(problem.Place is { } place
                ? string.Create(CultureInfo.InvariantCulture, $"{place}+{place.Length}: ")
                : "")
                .Append(problem.Code).Append(problem.Severity == Severity.Warning
                    ? ": warning: "
                    : ": ").Append(problem.Message).Append('\n');
            if (problem.Hint is { } hint)
            {
                text.Append("  = hint: ").Append(hint).Append('\n');
            }
        }

        if (manifest is not null && !problems.HasErrors)
        {
            Write(text, manifest);
        }

        return text.Replace(folder + "/", "").Replace(folder, "FOLDER").ToString();
    }

    static void Write(StringBuilder text, Manifest manifest)
    {
        Line(text, "name", manifest.Name);
        Line(text, "description", manifest.Description);
        foreach (var arm in manifest.Arms)
        {
            Line(text, $"arm {arm.Name} ({arm.NamePlace})", $"{Of(arm.Text)} ({arm.Text.Place}){(arm.Request is null ? "" : " request " + Of(arm.Request))}");
        }

        foreach (var variable in manifest.Variables)
        {
            Line(text, $"variable {variable.Name} ({variable.NamePlace})", Of(variable.Source));
        }

        Line(text, "constants", manifest.Constants.Entries.Count == 0 ? null : Of(manifest.Constants));
        Line(text, "where", manifest.Matrix.Where?.Text);
        foreach (var exclusion in manifest.Matrix.Exclude)
        {
            Line(text, "exclude", string.Join(", ", exclusion.Axes.Select(
                axis => $"{axis.Axis}: {string.Join(" or ", axis.Labels.Select(label => label.Text))}")));
        }

        foreach (var group in manifest.Matrix.Zip)
        {
            Line(text, "zip", string.Join(", ", group.Axes.Select(axis => axis.Text)));
        }

        Line(text, "image", manifest.Image is { } image ? Of(image.Value) : null);
        Line(text, "request", manifest.Request.Entries.Count == 0 ? null : Of(manifest.Request));
        Line(text, "endpoint", manifest.Endpoint?.Text);
        Line(text, "takes", manifest.Takes is { } takes ? Of(takes) : null);
        Line(text, "id", manifest.Id?.Text);
        Line(text, "output", manifest.Output?.Text);
        Line(text, "dedupe", manifest.SharesDuplicates ? "share" : null);
        Line(text, "deny", manifest.Screening is { Deny.Count: > 0 } deny
            ? string.Join(", ", deny.Deny.Select(Of))
            : null);
        Line(text, "warn", manifest.Screening is { Warn.Count: > 0 } warn
            ? string.Join(", ", warn.Warn.Select(Of))
            : null);
        Line(text, "limits", Of(manifest.Limits));
    }

    static string? Of(Limits limits)
    {
        var plain = new Limits();
        List<string> changed = [];
        foreach (var property in typeof(
            Limits).GetProperties().Where(property => !property.Name.EndsWith("Place", StringComparison.Ordinal)))
        {
            var value = property.GetValue(limits);
            if (!Equals(value, property.GetValue(plain)))
            {
                changed.Add(string.Create(CultureInfo.InvariantCulture, $"{property.Name} {value}"));
            }
        }

        return changed.Count == 0 ? null : string.Join(", ", changed);
    }

    static string Of(VariableSource source)
    {
        var id = source.Id is null ? "" : $" id {Of(source.Id)}";
        return source switch
        {
            SheetSource sheet => $"sheet {sheet.File.Path}{id}"
                + (sheet.Delimiter is { } delimiter ? $" delimiter `{delimiter}`" : "")
                + (sheet.Encoding is { } encoding ? $" encoding {encoding.WebName}" : "")
                + (sheet.SkipRows > 0 ? $" skip {sheet.SkipRows.ToString(CultureInfo.InvariantCulture)}" : ""),
            FilesSource files => $"files {files.Pattern} from {files.Folder}{id}",
            ListSource list => $"list {Of(list.Items)}",
            _ => "?",
        };
    }

    static string Of(Node node) => node switch
    {
        MapNode map => map.Entries.Count == 0
            ? "{}"
            : $"{{ {string.Join(", ", map.Entries.Select(entry => $"{entry.Key}: {Of(entry.Value)}"))} }}",
        ListNode list => $"[{string.Join(", ", list.Items.Select(Of))}]",
        ScalarNode { IsText: true } text => $"\"{text.Text.Replace("\n", "\\n", StringComparison.Ordinal)}\"",
        ScalarNode scalar => scalar.Text,
        _ => "~",
    };

    static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(name).Append(' ').Append(value).Append('\n');
        }
    }
}
