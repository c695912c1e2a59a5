using System.Numerics;
using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Rendering;

namespace BatchRunner.Templating.Values;

/// <summary>Any value of the language in two words: small ones live in the bits, the reference says what they are.</summary>
readonly struct Value
{
    static readonly Tag booleanTag = new(Kind.Boolean);
    static readonly Tag integerTag = new(Kind.Integer);
    static readonly Tag singleTag = new(Kind.Single);
    static readonly Tag doubleTag = new(Kind.Double);
    static readonly Tag dateTag = new(Kind.Date);
    static readonly Tag spanTag = new(Kind.Span);
    static readonly Tag unsetTag = new(Kind.Unset);

    readonly object? reference;
    readonly long bits;

    Value(object? reference, long bits)
    {
        this.reference = reference;
        this.bits = bits;
    }

    public static Value Null => default;

    public static Value Unset => new(unsetTag, 0);

    public static Value True => new(booleanTag, 1);

    public static Value False => new(booleanTag, 0);

    public static Value EmptyText => new("", 0);

    public Kind Kind => reference switch
    {
        null => Kind.Null,
        Tag tag => tag.Kind,
        string => Kind.Text,
        Cell => Kind.Cell,
        TemplateRow => Kind.Row,
        TemplateMap => Kind.DataMap,
        ListValue => Kind.List,
        RangeValue => Kind.Range,
        MapValue => Kind.Map,
        DataList => Kind.DataList,
        Function => Kind.Function,
        Library => Kind.Library,
        BigInteger => Kind.Big,
        decimal => Kind.Decimal,
        _ => Kind.Scope,
    };

    public bool IsNull => reference is null;

    public bool IsUnset => ReferenceEquals(reference, unsetTag);

    public bool IsInteger => ReferenceEquals(reference, integerTag);

    /// <summary>A text, or a cell of a sheet.</summary>
    public bool IsText => reference is string or Cell;

    public bool IsCell => reference is Cell;

    public bool IsNumber => Kind is Kind.Integer or Kind.Big or Kind.Single or Kind.Double or Kind.Decimal;

    /// <summary>Only null and false are not.</summary>
    public bool IsTruthy => reference is not null && (!ReferenceEquals(reference, booleanTag) || bits != 0);

    public long Integer => bits;

    public bool Boolean => bits != 0;

    public double Double => BitConverter.Int64BitsToDouble(bits);

    public float Single => BitConverter.Int32BitsToSingle((int)bits);

    public DateTime Date => new(bits, DateTimeKind.Utc);

    public TimeSpan Span => new(bits);

    public object? Reference => reference;

    public string Text => reference as string ?? (reference as Cell)?.Text ?? "";

    public static Value Of(bool value) => value ? True : False;

    public static Value Of(long value) => new(integerTag, value);

    public static Value Of(double value) => new(doubleTag, BitConverter.DoubleToInt64Bits(value));

    public static Value Of(float value) => new(singleTag, BitConverter.SingleToInt32Bits(value));

    public static Value Of(decimal value) => new(value, 0);

    public static Value Of(BigInteger value) =>
        value >= long.MinValue && value <= long.MaxValue ? Of((long)value) : new(value, 0);

    public static Value Of(string? value) => new(value, 0);

    public static Value Of(DateTime value) => new(dateTag, value.Ticks);

    public static Value Of(TimeSpan value) => new(spanTag, value.Ticks);

    public static Value Of(ListValue value) => new(value, 0);

    public static Value Of(RangeValue value) => new(value, 0);

    public static Value Of(MapValue value) => new(value, 0);

    public static Value Of(Function value) => new(value, 0);

    public static Value Of(Library value) => new(value, 0);

    public static Value Of(GlobalScope value) => new(value, 0);

    /// <summary>A value of the model; anything the door does not promise becomes its text.</summary>
    public static Value FromData(object? data) => data switch
    {
        null => Null,
        string or Cell or TemplateRow or TemplateMap or BigInteger or decimal => new(data, 0),
        bool value => Of(value),
        int value => Of(value),
        long value => Of(value),
        double value => Of(value),
        float value => Of(value),
        System.Collections.IList list => new(new DataList(list), 0),
        IReadOnlyList<object?> list => new(new DataList(list.ToArray()), 0),
        DateTime value => Of(value.ToUniversalTime()),
        TimeSpan value => Of(value),
        uint or short or ushort or byte or sbyte => Of(Convert.ToInt64(data, null)),
        ulong value => Of(new BigInteger(value)),
        _ => Of(data.ToString()),
    };

    /// <summary>What a value without a reference of its own is.</summary>
    sealed class Tag(Kind kind)
    {
        public Kind Kind { get; } = kind;
    }
}
