using System.Globalization;
using System.Numerics;
using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>math</c>: numbers. A text is never taken for one; null stays null.</summary>
static class MathFunctions
{
    public static Builtin[] All { get; } =
    [
        new("abs", "value", a => Change(a, Math.Abs, Math.Abs)),
        new("ceil", "value", a => Change(a, Math.Ceiling, decimal.Ceiling)),
        new("divided_by", "value divisor", DividedBy),
        new("floor", "value", a => Change(a, Math.Floor, decimal.Floor)),
        new("format", "value format culture?", a => a[0].IsNull ? Value.Null : Formats.Number(a)),
        new("is_number", "value", a => Value.Of(a[0].IsNumber)),
        new("minus", "value with", a => Calculate(a, BinaryOperator.Subtract)),
        new("modulo", "value with", a => Calculate(a, BinaryOperator.Modulo)),
        new("plus", "value with", a => Calculate(a, BinaryOperator.Add)),
        new("round", "value precision?", Round),
        new("times", "value with", a => Calculate(a, BinaryOperator.Multiply)),
    ];

    static Value Number(Arguments a, int index) =>
        a[index].IsNull || a[index].IsNumber ? a[index] : throw RenderProblems.NotANumber(a.At(index), a[index]);

    static Value Change(Arguments a, Func<double, double> real, Func<decimal, decimal> exact)
    {
        var value = Number(a, 0);
        return value.Kind switch
        {
            Kind.Double => Value.Of(real(value.Double)),
            Kind.Single => Value.Of((float)real(value.Single)),
            Kind.Decimal => Value.Of(exact((decimal)value.Reference!)), // the kind says so
            Kind.Integer or Kind.Big when real(-1) > 0 => Value.Of(BigInteger.Abs(Arithmetic.ToBig(value))),
            _ => value,
        };
    }

    static Value Calculate(Arguments a, BinaryOperator op)
    {
        var (left, right) = (Number(a, 0), Number(a, 1));
        a.Run.Charge(2, a.Node);
        return left.IsNull || right.IsNull ? Value.Null : Arithmetic.Apply(a.Run, op, left, right, Operation(a, op));
    }

    /// <summary>The operator the function stands for, placed where the function is.</summary>
    static Binary Operation(Arguments a, BinaryOperator op) => new(op, a.Node.Start, a.Node.End, noOperand, noOperand);

    static readonly Literal noOperand = new(Value.Null);

    static Value DividedBy(Arguments a)
    {
        var (value, divisor) = (Number(a, 0), Number(a, 1));
        if (value.IsNull || divisor.IsNull)
        {
            return Value.Null;
        }

        if (divisor.Kind is not (Kind.Integer or Kind.Big))
        {
            return Arithmetic.Apply(a.Run, BinaryOperator.Divide, value, divisor, Operation(a, BinaryOperator.Divide));
        }

        if (Arithmetic.ToBig(divisor).IsZero)
        {
            throw RenderProblems.DivideByZero(a.At(1));
        }

        if (value.Kind is Kind.Integer or Kind.Big)
        {
            var quotient = BigInteger.DivRem(Arithmetic.ToBig(value), Arithmetic.ToBig(divisor), out var rest);
            return Value.Of(rest.Sign * Arithmetic.ToBig(divisor).Sign < 0 ? quotient - 1 : quotient);
        }

        var floor = Math.Floor(Arithmetic.ToDouble(value) / Arithmetic.ToDouble(divisor));
        return double.IsFinite(floor) ? Integers.Bounded(a.Run, new BigInteger(floor), a.Node) : Value.Of(floor);
    }

    static Value Round(Arguments a)
    {
        var value = Number(a, 0);
        var digits = a.IntegerOr(1, 0);
        if (digits is < 0 or > 15)
        {
            throw RenderProblems.OutOfBounds(a.At(1), "precision", digits, 0, 15);
        }

        return value.Kind switch
        {
            Kind.Double => Value.Of(Math.Round(value.Double, (int)digits)),
            Kind.Single => Value.Of((float)Math.Round(value.Single, (int)digits)),
            Kind.Decimal => Value.Of(decimal.Round((decimal)value.Reference!, (int)digits)), // the kind says so
            _ => value,
        };
    }
}

/// <summary>Numbers and dates by .NET's own format strings, in the invariant culture.</summary>
static class Formats
{
    const int LongestPrecision = 2;
    const int LongestFormat = 200;

    public static Value Number(Arguments a) => a[0].IsNumber ? Any(a) : throw RenderProblems.NotANumber(a.At(0), a[0]);

    public static Value Any(Arguments a)
    {
        CheckCulture(a, 2);
        var format = a.Text(1);
        if (format.Length > LongestFormat || (format.Length > LongestPrecision + 1 && format.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
            && char.IsAsciiLetter(format[0])))
        {
            throw RenderProblems.BadFormat(a.At(1), format);
        }

        var value = a[0].Kind switch
        {
            Kind.Integer => a[0].Integer,
            Kind.Double => a[0].Double,
            Kind.Single => a[0].Single,
            Kind.Date => a[0].Date,
            Kind.Span => a[0].Span,
            _ => a[0].Reference as IFormattable,
        };
        try
        {
            return value is null ? Value.Of(a.Text(0)) : a.Made(value.ToString(format, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            // .NET has no other way to say that a format doesn't fit the value.
            throw RenderProblems.BadFormat(a.At(1), format);
        }
    }

    /// <summary>Refuses a culture: its data differs between machines.</summary>
    public static void CheckCulture(Arguments a, int index)
    {
        if (!a[index].IsNull && a.Text(index).Length > 0)
        {
            throw RenderProblems.OnlyInvariantCulture(a.At(index), a.Text(index));
        }
    }
}
