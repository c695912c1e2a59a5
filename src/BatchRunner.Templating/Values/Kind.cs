namespace BatchRunner.Templating.Values;

/// <summary>What a value is.</summary>
enum Kind : byte
{
    Null,

    /// <summary>No value at all: a slot nobody has written, an argument nobody gave.</summary>
    Unset,
    Boolean,
    Integer,
    Big,
    Single,
    Double,
    Decimal,
    Text,
    Cell,
    Date,
    Span,
    List,
    Range,

    /// <summary>A list that came with the model.</summary>
    DataList,
    Map,

    /// <summary>A map that came with the model.</summary>
    DataMap,
    Row,
    Function,

    /// <summary>A set of built-in functions, such as <c>string</c>.</summary>
    Library,

    /// <summary>The globals themselves: <c>this</c>.</summary>
    Scope,
}
