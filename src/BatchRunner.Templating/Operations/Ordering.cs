using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary><c>&lt;</c> and its kin, and the order of <c>array.sort</c>.</summary>
static class Ordering
{
    public static bool Compare(Run run, BinaryOperator op, Value a, Value b, Binary at)
    {
        if (a.IsInteger && b.IsInteger)
        {
            return Holds(op, a.Integer.CompareTo(b.Integer));
        }

        if (a.IsNull || b.IsNull)
        {
            return false;
        }

        if (Arithmetic.IsNumeric(a) && Arithmetic.IsNumeric(b))
        {
            return !Arithmetic.IsNaN(a) && !Arithmetic.IsNaN(b) && Holds(op, Arithmetic.Compare(a, b));
        }

        return TryCompare(run, a, b, at, out var order) ? Holds(op, order) : throw RenderProblems.NotComparable(at, a, b);
    }

    static bool Holds(BinaryOperator op, int order) => op switch
    {
        BinaryOperator.Less => order < 0,
        BinaryOperator.LessOrEqual => order <= 0,
        BinaryOperator.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>The order of two values that are not null; false if they have none.</summary>
    public static bool TryCompare(Run run, Value a, Value b, Node at, out int order)
    {
        order = 0;
        if (a.IsText || b.IsText)
        {
            if (!Printer.IsSimple(a) || !Printer.IsSimple(b))
            {
                return false;
            }

            var (left, right) = (Printer.ToText(run, a, at), Printer.ToText(run, b, at));
            run.Charge(Math.Min(left.Length, right.Length) >> 6, at);
            order = string.CompareOrdinal(left, right);
            return true;
        }

        if (a.Kind == b.Kind && a.Kind is Kind.Date or Kind.Span)
        {
            order = a.Integer.CompareTo(b.Integer);
            return true;
        }

        if (!Arithmetic.IsNumeric(a) || !Arithmetic.IsNumeric(b))
        {
            return false;
        }

        order = Arithmetic.Compare(a, b);
        return true;
    }
}
