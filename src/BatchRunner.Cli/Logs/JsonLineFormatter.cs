using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace BatchRunner.Cli.Logs;

/// <summary>One event of the log as one JSON object on one line, without secrets.</summary>
sealed class JsonLineFormatter(Redaction redaction) : ITextFormatter
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Readable))
        {
            json.WriteStartObject();
            json.WriteString("at", logEvent.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", logEvent.Level.ToString().ToLowerInvariant());
            json.WriteString("message", redaction.Of(Message(logEvent)));
            foreach (var (name, value) in logEvent.Properties)
            {
                Write(json, JsonNamingPolicy.CamelCase.ConvertName(name), value is StructureValue { Properties: [var id, ..] } ? id.Value : value);
            }

            if (logEvent.Exception is { } error)
            {
                json.WriteString("error", redaction.Of(error.ToString()));
            }

            json.WriteEndObject();
        }

        output.Write(System.Text.Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        output.Write('\n');
    }

    // As Serilog would say it, but without quotes around every text.
    static string Message(LogEvent logEvent) => string.Concat(logEvent.MessageTemplate.Tokens.Select(token =>
        token is PropertyToken hole && logEvent.Properties.TryGetValue(hole.PropertyName, out var value)
            ? value is ScalarValue scalar
                ? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture)
                : value.ToString(null, CultureInfo.InvariantCulture)
            : token.ToString()));

    void Write(Utf8JsonWriter json, string name, LogEventPropertyValue value)
    {
        json.WritePropertyName(name);
        switch (value)
        {
            case ScalarValue { Value: null }:
                json.WriteNullValue();
                break;
            case ScalarValue { Value: bool flag }:
                json.WriteBooleanValue(flag);
                break;
            case ScalarValue { Value: int or long or decimal } number:
                json.WriteNumberValue(Convert.ToDecimal(number.Value, CultureInfo.InvariantCulture));
                break;
            case ScalarValue { Value: double fraction } when double.IsFinite(fraction):
                json.WriteNumberValue(fraction);
                break;
            case ScalarValue { Value: IFormattable formattable }:
                json.WriteStringValue(redaction.Of(formattable.ToString(null, CultureInfo.InvariantCulture)));
                break;
            case ScalarValue { Value: var other }:
                json.WriteStringValue(redaction.Of(other?.ToString() ?? ""));
                break;
            default:
                json.WriteStringValue(redaction.Of(value.ToString(null, CultureInfo.InvariantCulture)));
                break;
        }
    }
}
