using System.Numerics;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary><c>+ - * / // % &lt;&lt; &gt;&gt;</c>: which kind of value an operator is about is decided here.</summary>
static class Arithmetic
{
    public static Value Apply(Run run, BinaryOperator op, Value a, Value b, Binary at)
    {
        if (a.IsInteger && b.IsInteger)
        {
            return Integers.Apply(run, op, a.Integer, b.Integer, at);
        }

        if (op == BinaryOperator.ShiftLeft && a.Reference is ListValue appended)
        {
            return Lists.Append(run, appended, b, at);
        }

        if (op == BinaryOperator.ShiftRight && b.Reference is ListValue prepended)
        {
            return Lists.Prepend(run, a, prepended, at);
        }

        if (op == BinaryOperator.Add && (a.IsText || b.IsText))
        {
            return Texts.Join(run, a, b, at);
        }

        if (a.IsNull || b.IsNull)
        {
            return Value.Null;
        }

        if (op == BinaryOperator.Multiply && (a.IsText || b.IsText))
        {
            return Texts.Repeat(run, a, b, at);
        }

        if (Lists.IsList(a) || Lists.IsList(b))
        {
            return Lists.Apply(run, op, a, b, at);
        }

        if (a.Kind is Kind.Date or Kind.Span || b.Kind is Kind.Date or Kind.Span)
        {
            return Times.Apply(op, a, b, at);
        }

        return IsNumeric(a) && IsNumeric(b) ? Numbers.Apply(run, op, a, b, at) : throw RenderProblems.NoSuchOperation(at, a, b);
    }

    /// <summary>Numbers, and the booleans, which count as 0 and 1.</summary>
    public static bool IsNumeric(Value value) => value.IsNumber || value.Kind == Kind.Boolean;

    public static bool IsNaN(Value value) => value.Kind switch
    {
        Kind.Double => double.IsNaN(value.Double),
        Kind.Single => float.IsNaN(value.Single),
        _ => false,
    };

    public static double ToDouble(Value value) => value.Kind switch
    {
        Kind.Double => value.Double,
        Kind.Single => value.Single,
        Kind.Decimal => (double)(decimal)value.Reference!, // the kind says so
        Kind.Big => (double)(BigInteger)value.Reference!, // the kind says so
        _ => value.Integer,
    };

    public static BigInteger ToBig(Value value) => value.Reference is BigInteger big ? big : value.Integer;

    public static int Compare(Value a, Value b)
    {
        if (a.Kind is Kind.Integer or Kind.Boolean or Kind.Big && b.Kind is Kind.Integer or Kind.Boolean or Kind.Big)
        {
            return ToBig(a).CompareTo(ToBig(b));
        }

        return Numbers.TryDecimals(a, b, out var left, out var right) ? left.CompareTo(right) : ToDouble(a).CompareTo(ToDouble(b));
    }

    public static Value Sign(Run run, bool isMinus, Value value, Node at)
    {
        _ = run;
        if (value.IsNull || (!isMinus && IsNumeric(value)))
        {
            return value;
        }

        return value.Kind switch
        {
            Kind.Integer or Kind.Boolean or Kind.Big => Value.Of(-ToBig(value)),
            Kind.Single => Value.Of(-value.Single),
            Kind.Double => Value.Of(-value.Double),
            Kind.Decimal => Value.Of(-(decimal)value.Reference!), // the kind says so
            Kind.Span => Value.Of(value.Span.Ticks == long.MinValue ? TimeSpan.MaxValue : -value.Span),
            _ => throw RenderProblems.NoSign(at, isMinus, value),
        };
    }

    public static Value Increment(Run run, Value value, bool isMinus, Node at)
    {
        if (value.IsInteger && value.Integer is > long.MinValue and < long.MaxValue)
        {
            return Value.Of(value.Integer + (isMinus ? -1 : 1));
        }

        if (!IsNumeric(value))
        {
            throw RenderProblems.NoIncrement(at, value);
        }

        return Numbers.Add(run, value, isMinus ? -1 : 1, at);
    }
}
