using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>What batches refuse although the language would answer: cells are text, and a blank cell is null.</summary>
static class Strictness
{
    public static void CheckCells(Binary at, Value a, Value b)
    {
        switch (at.Operator)
        {
            case BinaryOperator.Add when (a.IsText || a.IsNull) && (b.IsText || b.IsNull):
            case BinaryOperator.Add when Lists.IsList(a) || Lists.IsList(b):
            case BinaryOperator.ShiftLeft when a.Kind == Kind.List:
            case BinaryOperator.ShiftRight when b.Kind == Kind.List:
                return;
            case <= BinaryOperator.GreaterOrEqual:
                throw RenderProblems.OrderOfCells(at, a.IsCell ? a.Text : b.Text);
            default:
                throw RenderProblems.ArithmeticOnCell(at, a.IsCell ? a.Text : b.Text);
        }
    }

    /// <summary>Refuses <c>row.cta == ""</c>: it reads like "is blank" and never is.</summary>
    public static void CheckBlank(Run run, Binary at, Expression side, Value value, Expression other)
    {
        if (other is Literal { IsEmptyText: true } && (value.IsCell || (run.ReadRow is not null && side is PathExpression)))
        {
            throw RenderProblems.CellAgainstEmptyText(at, side);
        }
    }
}
