using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Dates that are moved by a time span, and the span between two dates.</summary>
static class Times
{
    public static Value Apply(BinaryOperator op, Value a, Value b, Binary at)
    {
        Int128 left = a.Integer;
        Int128 right = b.Integer;
        return (op, a.Kind, b.Kind) switch
        {
            (BinaryOperator.Subtract, Kind.Date, Kind.Date) => Span(left - right, at),
            (BinaryOperator.Subtract, Kind.Date, Kind.Span) => Date(left - right, at),
            (BinaryOperator.Add, Kind.Date, Kind.Span) => Date(left + right, at),
            (BinaryOperator.Add, Kind.Span, Kind.Date) => Date(left + right, at),
            (BinaryOperator.Add, Kind.Span, Kind.Span) => Span(left + right, at),
            (BinaryOperator.Subtract, Kind.Span, Kind.Span) => Span(left - right, at),
            _ => throw RenderProblems.NoSuchOperation(at, a, b),
        };
    }

    public static Value Date(Int128 ticks, Node at) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
        ? Value.Of(new DateTime((long)ticks, DateTimeKind.Utc))
        : throw RenderProblems.DateOutOfRange(at);

    public static Value Span(Int128 ticks, Node at) => ticks >= long.MinValue && ticks <= long.MaxValue
        ? Value.Of(new TimeSpan((long)ticks))
        : throw RenderProblems.DateOutOfRange(at);
}
