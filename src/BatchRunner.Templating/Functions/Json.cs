using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary>Values to JSON and back, with a bound on depth, length and size.</summary>
static class Json
{
    const int DeepestNesting = 50;

    public static Value Read(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        a.Run.Charge(text.Length >> 2, a.Node);
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DeepestNesting });
            return Convert(a, document.RootElement);
        }
        catch (JsonException)
        {
            // The parser has no other way to say that the text is not JSON.
            throw RenderProblems.BadText(a.At(0), text, "JSON");
        }
    }

    static Value Convert(Arguments a, JsonElement element)
    {
        a.Run.Charge(4, a.Node);
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new MapValue();
                foreach (var member in element.EnumerateObject())
                {
                    if (map.Count >= a.Run.Limits.ListLength)
                    {
                        throw RenderProblems.ListTooLong(a.Node, map.Count + 1, a.Run.Limits.ListLength);
                    }

                    map[a.Made(member.Name).Text] = Convert(a, member.Value);
                }

                return Value.Of(map);
            case JsonValueKind.Array:
                var list = new ListValue();
                foreach (var item in element.EnumerateArray())
                {
                    a.Run.AddTo(list, Convert(a, item), a.Node);
                }

                return Value.Of(list);
            case JsonValueKind.String:
                return a.Made(element.GetString() ?? "");
            case JsonValueKind.Number:
                return Number(a, element);
            default:
                return element.ValueKind == JsonValueKind.Null ? Value.Null : Value.Of(element.ValueKind == JsonValueKind.True);
        }
    }

    static Value Number(Arguments a, JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return Value.Of(integer);
        }

        var text = element.GetRawText();
        return text.Length < a.Run.Limits.IntegerBits / 4
            && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big)
            ? Integers.Bounded(a.Run, big, a.Node)
            : Value.Of(element.GetDouble());
    }

    public static Value Write(Arguments a)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            Write(a, writer, bytes, a[0], 0);
        }

        a.Run.ChargeText(bytes.WrittenCount, a.Node);
        return Value.Of(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    static void Write(Arguments a, Utf8JsonWriter writer, ArrayBufferWriter<byte> bytes, Value value, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw RenderProblems.NestedTooDeep(a.At(0), DeepestNesting);
        }

        if (bytes.WrittenCount + writer.BytesPending > a.Run.Limits.OutputLength)
        {
            throw RenderProblems.OutputTooLong(a.Node, a.Run.Limits.OutputLength);
        }

        a.Run.Charge(2 + (value.IsText ? value.Text.Length >> 2 : 0), a.Node);
        switch (value.Kind)
        {
            case Kind.Null:
                writer.WriteNullValue();
                break;
            case Kind.Boolean:
                writer.WriteBooleanValue(value.Boolean);
                break;
            case Kind.Integer:
                writer.WriteNumberValue(value.Integer);
                break;
            case Kind.Double or Kind.Single or Kind.Decimal or Kind.Big:
                WriteNumber(a, writer, value);
                break;
            case Kind.Date:
                writer.WriteStringValue(value.Date);
                break;
            case Kind.List or Kind.DataList or Kind.Range:
                WriteList(a, writer, bytes, value, depth);
                break;
            case Kind.Map or Kind.DataMap or Kind.Row:
                writer.WriteStartObject();
                foreach (var (name, member) in Members.All(a.Run, value, a.Node))
                {
                    writer.WritePropertyName(name);
                    Write(a, writer, bytes, member, depth + 1);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteStringValue(Printer.ToText(a.Run, value, a.At(0)));
                break;
        }
    }

    static void WriteNumber(Arguments a, Utf8JsonWriter writer, Value value)
    {
        if (!double.IsFinite(Arithmetic.ToDouble(value)) && value.Kind != Kind.Big)
        {
            throw RenderProblems.BadText(a.At(0), Printer.ToText(a.Run, value, a.At(0)), "a number JSON has");
        }

        writer.WriteRawValue(value.Kind switch
        {
            Kind.Double => value.Double.ToString("R", CultureInfo.InvariantCulture),
            Kind.Single => value.Single.ToString("R", CultureInfo.InvariantCulture),
            _ => Printer.ToText(a.Run, value, a.At(0)),
        });
    }

    static void WriteList(Arguments a, Utf8JsonWriter writer, ArrayBufferWriter<byte> bytes, Value value, int depth)
    {
        var count = Elements.Count(value) ?? 0;
        a.Run.ChargeList(count, a.Node);
        writer.WriteStartArray();
        for (long i = 0; i < count; i++)
        {
            Write(a, writer, bytes, Elements.At(value, i), depth + 1);
        }

        writer.WriteEndArray();
    }
}
