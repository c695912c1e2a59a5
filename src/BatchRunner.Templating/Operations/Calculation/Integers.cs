using System.Numerics;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Arithmetic on integers of any size up to the limit.</summary>
static class Integers
{
    public static Value Apply(Run run, BinaryOperator op, long a, long b, Binary at)
    {
        switch (op)
        {
            case BinaryOperator.Add:
                var sum = unchecked(a + b);
                return ((a ^ sum) & (b ^ sum)) < 0 ? Value.Of((BigInteger)a + b) : Value.Of(sum);
            case BinaryOperator.Subtract:
                var difference = unchecked(a - b);
                return ((a ^ b) & (a ^ difference)) < 0 ? Value.Of((BigInteger)a - b) : Value.Of(difference);
            case BinaryOperator.Multiply:
                var high = Math.BigMul(a, b, out var low);
                return high == low >> 63 ? Value.Of(low) : Value.Of((BigInteger)a * b);
            case BinaryOperator.Divide:
                return Value.Of(a / (double)b);
            case BinaryOperator.DivideRound when b is not (0 or -1):
                return Value.Of(a / b);
            case BinaryOperator.Modulo when b is not (0 or -1):
                return Value.Of(a % b);
            default:
                return Apply(run, op, (BigInteger)a, b, at);
        }
    }

    public static Value Apply(Run run, BinaryOperator op, BigInteger a, BigInteger b, Binary at)
    {
        run.Charge((a.GetByteCount() + b.GetByteCount()) >> 3, at);
        return op switch
        {
            BinaryOperator.Add => Bounded(run, a + b, at),
            BinaryOperator.Subtract => Bounded(run, a - b, at),
            BinaryOperator.Multiply => Multiply(run, a, b, at),
            BinaryOperator.Divide => Value.Of((double)a / (double)b),
            BinaryOperator.DivideRound => b.IsZero ? throw RenderProblems.DivideByZero(at) : Value.Of(a / b),
            BinaryOperator.Modulo => b.IsZero ? throw RenderProblems.DivideByZero(at) : Value.Of(a % b),
            BinaryOperator.ShiftLeft => Shift(run, a, b, at),
            _ => Shift(run, a, -b, at),
        };
    }

    static Value Multiply(Run run, BigInteger a, BigInteger b, Binary at)
    {
        var bits = a.GetBitLength() + b.GetBitLength();
        if (bits > run.Limits.IntegerBits + 1L)
        {
            throw RenderProblems.IntegerTooLarge(at, run.Limits.IntegerBits);
        }

        run.Charge(bits >> 6, at);
        return Bounded(run, a * b, at);
    }

    static Value Shift(Run run, BigInteger value, BigInteger by, Binary at)
    {
        if (by + value.GetBitLength() > run.Limits.IntegerBits && !value.IsZero)
        {
            throw RenderProblems.IntegerTooLarge(at, run.Limits.IntegerBits);
        }

        if (value.IsZero || by < -(long)run.Limits.IntegerBits - 64)
        {
            return Value.Of(value.Sign < 0 ? -1 : 0);
        }

        run.Charge(run.Limits.IntegerBits >> 6, at);
        return Value.Of(by.Sign >= 0 ? value << (int)by : value >> (int)-by);
    }

    public static Value Bounded(Run run, BigInteger value, Node at) =>
        value.GetBitLength() > run.Limits.IntegerBits
            ? throw RenderProblems.IntegerTooLarge(at, run.Limits.IntegerBits)
            : Value.Of(value);
}
