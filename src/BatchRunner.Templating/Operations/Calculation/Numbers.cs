using System.Numerics;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Arithmetic on numbers of unlike kinds: decimal wins over double, double over single, all over integers.</summary>
static class Numbers
{
    public static Value Apply(Run run, BinaryOperator op, Value a, Value b, Binary at)
    {
        if (TryDecimals(a, b, out var left, out var right))
        {
            return Decimals(op, left, right, at);
        }

        if (a.Kind is Kind.Single or Kind.Double or Kind.Decimal || b.Kind is Kind.Single or Kind.Double or Kind.Decimal)
        {
            var result = Doubles(op, Arithmetic.ToDouble(a), Arithmetic.ToDouble(b), at);
            return a.Kind is Kind.Double or Kind.Decimal || b.Kind is Kind.Double or Kind.Decimal
                ? Value.Of(result)
                : Value.Of((float)result);
        }

        return Integers.Apply(run, op, Arithmetic.ToBig(a), Arithmetic.ToBig(b), at);
    }

    public static Value Add(Run run, Value value, int more, Node at) => value.Kind switch
    {
        Kind.Single => Value.Of(value.Single + more),
        Kind.Double => Value.Of(value.Double + more),
        Kind.Decimal => Value.Of((double)(decimal)value.Reference! + more is var sum && Math.Abs(sum) < 7e28 // the kind says so
            ? (decimal)value.Reference + more : (decimal)value.Reference),
        _ => Integers.Bounded(run, Arithmetic.ToBig(value) + more, at),
    };

    public static bool IsOne(Value value) => Arithmetic.IsNumeric(value) && Arithmetic.Compare(value, Value.Of(1L)) == 0;

    /// <summary>Both as decimals, if one of them is one and the other fits.</summary>
    public static bool TryDecimals(Value a, Value b, out decimal left, out decimal right)
    {
        right = 0;
        left = 0;
        return (a.Kind == Kind.Decimal || b.Kind == Kind.Decimal) && TryDecimal(a, out left) && TryDecimal(b, out right);
    }

    static bool TryDecimal(Value value, out decimal number)
    {
        number = 0;
        if (value.Reference is decimal exact)
        {
            number = exact;
            return true;
        }

        if (value.Kind is Kind.Integer or Kind.Boolean)
        {
            number = value.Integer;
            return true;
        }

        var rough = Arithmetic.ToDouble(value);
        if (!(Math.Abs(rough) < 7e28))
        {
            return false;
        }

        number = value.Reference is BigInteger big ? (decimal)big : (decimal)rough;
        return true;
    }

    static Value Decimals(BinaryOperator op, decimal a, decimal b, Binary at)
    {
        if (b == 0 && op is BinaryOperator.Divide or BinaryOperator.DivideRound or BinaryOperator.Modulo)
        {
            throw RenderProblems.DivideByZero(at);
        }

        var rough = Doubles(op, (double)a, (double)(b == 0 ? 1 : b), at);
        if (!(Math.Abs(rough) < 7e28) && op is not (BinaryOperator.DivideRound or BinaryOperator.Modulo))
        {
            return Value.Of(Doubles(op, (double)a, (double)b, at));
        }

        return op switch
        {
            BinaryOperator.Add => Value.Of(a + b),
            BinaryOperator.Subtract => Value.Of(a - b),
            BinaryOperator.Multiply => Value.Of(a * b),
            BinaryOperator.Divide => Value.Of(a / b),
            BinaryOperator.DivideRound when Math.Abs(rough) < 7e28 => Value.Of(decimal.Truncate(a / b)),
            BinaryOperator.DivideRound => Value.Of(rough),
            _ => Value.Of(a % b),
        };
    }

    static double Doubles(BinaryOperator op, double a, double b, Binary at) => op switch
    {
        BinaryOperator.Add => a + b,
        BinaryOperator.Subtract => a - b,
        BinaryOperator.Multiply => a * b,
        BinaryOperator.Divide => a / b,
        BinaryOperator.DivideRound => Math.Truncate(a / b),
        BinaryOperator.Modulo => a % b,
        _ => throw RenderProblems.OnlyIntegers(at),
    };
}
