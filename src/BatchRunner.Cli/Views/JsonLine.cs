using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>One JSON object on one line, its first member `type`. Invisible characters are written as escapes.</summary>
static partial class JsonLine
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line of an object with these members.</summary>
    public static string Of(string type, Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            members(json);
            json.WriteEndObject();
        }

        return Escape(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    /// <summary>The line of a diagnostic.</summary>
    public static string Of(Diagnostic diagnostic) => Of("diagnostic", json =>
    {
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", diagnostic.Severity == Severity.Error ? "error" : "warning");
        json.WriteString("message", diagnostic.Message);
        if (diagnostic.Place is { } place)
        {
            WritePlace(json, place);
            json.WriteNumber("length", place.Length);
        }

        if (diagnostic.Hint is { } hint)
        {
            json.WriteString("hint", hint);
        }

        if (diagnostic.Related.Count > 0)
        {
            json.WriteStartArray("related");
            foreach (var related in diagnostic.Related)
            {
                json.WriteStartObject();
                WritePlace(json, related);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    });

    // Columns count UTF-16 units here: programs index with them, people look at cells.
    static void WritePlace(Utf8JsonWriter json, SourcePlace place)
    {
        json.WriteString("file", place.File.Path);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
    }

    // What the encoder lets through and a terminal would obey stands inside strings only, where an escape means the same.
    static string Escape(string line)
    {
        line = Order().Replace(line, order => order.Value[..^1] + "\\u005b");
        var safe = new StringBuilder(line.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in line.EnumerateRunes())
        {
            if (!SafeText.IsUnsafe(rune))
            {
                safe.Append(rune.ToString());
                continue;
            }

            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }

        return safe.ToString();
    }

    // What GitHub Actions and Azure Pipelines obey wherever it stands in a line.
    [GeneratedRegex(@"##\w*\[")]
    private static partial Regex Order();
}
