using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Parsing;

namespace BatchRunner.Cli.Logs;

/// <summary>
/// One event of the log as one JSON object on one line, without secrets. A run writes eight lines for every job, so what is
/// needed for a line is kept for the next. Not safe for two threads: a file's sink writes one line after the other.
/// </summary>
sealed class JsonLineFormatter(Redaction redaction) : ITextFormatter, IDisposable
{
    static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly JsonEncodedText[] Levels =
        [.. Enum.GetNames<LogEventLevel>().Select(name => JsonEncodedText.Encode(name.ToLowerInvariant()))];

    readonly ArrayBufferWriter<byte> bytes = new(1024);
    readonly Utf8JsonWriter json = new(Stream.Null, Readable);
    readonly StringBuilder message = new();
    readonly Dictionary<string, JsonEncodedText> names = new(StringComparer.Ordinal);

    public void Format(LogEvent logEvent, TextWriter output)
    {
        bytes.ResetWrittenCount();
        json.Reset(bytes);
        json.WriteStartObject();
        Span<char> at = stackalloc char[24];
        logEvent.Timestamp.UtcDateTime.TryFormat(at, out _, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        json.WriteString("at"u8, at);
        json.WriteString("level"u8, Levels[(int)logEvent.Level]);
        json.WriteString("message"u8, redaction.Of(Message(logEvent)));
        foreach (var (name, value) in logEvent.Properties)
        {
            Write(NameOf(name), value is StructureValue { Properties: [var id, ..] } ? id.Value : value);
        }

        if (logEvent.Exception is { } error)
        {
            json.WriteString("error"u8, redaction.Of(error.ToString()));
        }

        json.WriteEndObject();
        json.Flush();
        var line = ArrayPool<char>.Shared.Rent(bytes.WrittenCount);
        output.Write(line, 0, Encoding.UTF8.GetChars(bytes.WrittenSpan, line));
        output.Write('\n');
        ArrayPool<char>.Shared.Return(line);
    }

    public void Dispose() => json.Dispose();

    // As Serilog would say it, but without quotes around every text.
    string Message(LogEvent logEvent)
    {
        message.Clear();
        foreach (var token in logEvent.MessageTemplate.Tokens)
        {
            message.Append(
                token is TextToken text ? text.Text
                : token is PropertyToken hole && logEvent.Properties.TryGetValue(hole.PropertyName, out var value)
                    ? value is ScalarValue scalar
                        ? Convert.ToString(scalar.Value, CultureInfo.InvariantCulture)
                        : value.ToString(null, CultureInfo.InvariantCulture)
                    : token.ToString());
        }

        return message.ToString();
    }

    JsonEncodedText NameOf(string property)
    {
        if (!names.TryGetValue(property, out var name))
        {
            names[property] = name = JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(property));
        }

        return name;
    }

    void Write(JsonEncodedText name, LogEventPropertyValue value)
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
