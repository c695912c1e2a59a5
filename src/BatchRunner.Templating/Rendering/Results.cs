using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>What leaves a render: a text, or a value as the door promises it.</summary>
sealed partial class Run
{
    const int DeepestNesting = 50;

    /// <summary>Runs a whole text; a part of an expression prints its own value.</summary>
    public string Render(Block root, Expression? expression)
    {
        if (root.Statements.Length == 0 && expression is not null)
        {
            Printer.Print(this, expression.Evaluate(this), expression);
        }
        else
        {
            root.Execute(this);
        }

        return Output.Since(0).ToString();
    }

    public object? Evaluate(Expression expression)
    {
        ReadRow = null;
        return ToData(expression.Evaluate(this), expression, 0);
    }

    object? ToData(Value value, Node at, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw RenderProblems.NestedTooDeep(at, DeepestNesting);
        }

        Step(at);
        switch (value.Kind)
        {
            case Kind.Boolean:
                return value.Boolean;
            case Kind.Integer:
                return value.Integer;
            case Kind.Single:
                // The shortest decimal of the single, not its exact value in binary.
                return double.Parse(Printer.ToText(this, value, at), System.Globalization.CultureInfo.InvariantCulture);
            case Kind.Double:
                return value.Double;
            case Kind.Null or Kind.Text or Kind.Cell or Kind.Row or Kind.DataMap or Kind.Decimal or Kind.Big:
                return value.Reference;
            case Kind.List or Kind.Range or Kind.DataList:
                var count = Elements.Count(value) ?? 0;
                ChargeList(count, at);
                var list = new List<object?>((int)count);
                for (long i = 0; i < count; i++)
                {
                    list.Add(ToData(Elements.At(value, i), at, depth + 1));
                }

                return list;
            case Kind.Map or Kind.Scope:
                var map = new TemplateMap();
                foreach (var (name, member) in Members.All(this, value, at))
                {
                    map[name] = ToData(member, at, depth + 1);
                }

                return map;
            default:
                return Printer.ToText(this, value, at);
        }
    }
}
