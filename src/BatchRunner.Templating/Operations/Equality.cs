using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary><c>==</c>, through lists and objects, with a bound for those that hold themselves.</summary>
static class Equality
{
    const int DeepestNesting = 50;

    public static bool AreEqual(Run run, Value a, Value b, Node at) => AreEqual(run, a, b, at, 0);

    static bool AreEqual(Run run, Value a, Value b, Node at, int depth)
    {
        if (a.IsInteger && b.IsInteger)
        {
            return a.Integer == b.Integer;
        }

        if (a.IsNull || b.IsNull)
        {
            return a.IsNull && b.IsNull;
        }

        if (a.IsText || b.IsText)
        {
            return AreTextsEqual(run, a, b, at);
        }

        if (ReferenceEquals(a.Reference, Functions.Library.EmptyObject) || ReferenceEquals(b.Reference, Functions.Library.EmptyObject))
        {
            return Members.IsEmpty(a) is true && Members.IsEmpty(b) is true;
        }

        if (a.Kind is Kind.Date or Kind.Span || b.Kind is Kind.Date or Kind.Span)
        {
            return a.Kind == b.Kind && a.Integer == b.Integer;
        }

        if (Arithmetic.IsNumeric(a) && Arithmetic.IsNumeric(b))
        {
            return Arithmetic.Compare(a, b) == 0;
        }

        if (a.Reference is { } reference && ReferenceEquals(reference, b.Reference) && a.Kind != Kind.Boolean)
        {
            return true;
        }

        return AreNestedEqual(run, a, b, at, depth);
    }

    static bool AreTextsEqual(Run run, Value a, Value b, Node at)
    {
        if (a.IsText && b.IsText)
        {
            run.Charge(Math.Min(a.Text.Length, b.Text.Length) >> 6, at);
            return string.Equals(a.Text, b.Text, StringComparison.Ordinal);
        }

        var (text, other) = a.IsText ? (a, b) : (b, a);
        return Printer.IsSimple(other) && text.Text == Printer.ToText(run, other, at);
    }

    static bool AreNestedEqual(Run run, Value a, Value b, Node at, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw RenderProblems.NestedTooDeep(at, DeepestNesting);
        }

        if (Elements.Count(a) is { } count)
        {
            if (Elements.Count(b) != count)
            {
                return false;
            }

            for (long i = 0; i < count; i++)
            {
                run.Step(at);
                if (!AreEqual(run, Elements.At(a, i), Elements.At(b, i), at, depth + 1))
                {
                    return false;
                }
            }

            return true;
        }

        if (a.Kind is not (Kind.Map or Kind.DataMap) || b.Kind is not (Kind.Map or Kind.DataMap)
            || Members.Count(run, a) != Members.Count(run, b))
        {
            return ReferenceEquals(a.Reference, b.Reference) && a.Kind == b.Kind && a.Integer == b.Integer;
        }

        foreach (var (name, value) in Members.All(run, a, at))
        {
            if (!Members.TryGet(run, b, name, out var other) || !AreEqual(run, value, other, at, depth + 1))
            {
                return false;
            }
        }

        return true;
    }
}
