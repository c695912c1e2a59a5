using System.Text.Encodings.Web;
using System.Text.Json;

namespace BatchRunner.Results;

/// <summary>
/// Writes a results table as JSON lines: the columns of results.csv with their types, without its guard, and `file`, `bytes`
/// and `sha256` as lists.
/// </summary>
static class ResultsJsonl
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file, row by row: UTF-8, one object each.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="table">The rows.</param>
    public static void Write(Stream output, ResultsTable table)
    {
        var columns = ResultsColumns.Of(table.Axes);
        using var json = new Utf8JsonWriter(output, Readable);
        foreach (var row in table.Rows)
        {
            json.WriteStartObject();
            foreach (var column in columns)
            {
                json.WritePropertyName(column.Name);
                Write(json, column.Of(row));
            }

            json.WriteEndObject();
            json.Flush();
            output.Write("\n"u8);
            json.Reset();
        }
    }

    static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case decimal number:
                // Without the zeros a calculation may leave behind the point.
                json.WriteNumberValue(number / 1.0000000000000000000000000000m);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IReadOnlyList<object> several:
                json.WriteStartArray();
                foreach (var each in several)
                {
                    Write(json, each);
                }

                json.WriteEndArray();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
