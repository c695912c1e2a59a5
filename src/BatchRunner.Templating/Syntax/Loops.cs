using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>The options of a loop as they were written.</summary>
readonly record struct LoopOptions(Expression? Offset, Expression? Limit, bool IsReversed, Expression? Columns);

/// <summary><c>for x in xs … else … end</c>, and <c>tablerow</c>, which puts the turns into the cells of an HTML table.</summary>
sealed class For(PathExpression variable, Expression source, LoopOptions options, Block body, Block? otherwise, bool isTable) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        var items = source.Evaluate(run);
        if (items.Kind is Kind.Map or Kind.DataMap or Kind.Row or Kind.Library)
        {
            items = Members.Pairs(run, items, this);
        }

        var count = items.IsNull ? 0 : Elements.Count(items) ?? throw RenderProblems.NotAList(source, items);
        var offset = options.Offset is null ? 0 : Math.Max(0, Elements.ToInteger(options.Offset.Evaluate(run), options.Offset));
        var length = Math.Max(0, count - offset);
        if (options.Limit is not null)
        {
            length = Math.Clamp(Elements.ToInteger(options.Limit.Evaluate(run), options.Limit), 0, length);
        }

        if (length == 0)
        {
            return otherwise?.Execute(run) ?? Flow.Next;
        }

        var global = Global;
        var saved = global is null ? (Value: Own(run), State: (byte)0) : run.PushLoopVariable(global.Slot);
        var place = new LoopPlace(run.For) { Length = length };
        run.For = place;
        var flow = isTable ? Table(run, items, offset, place, global) : Loop(run, items, offset, place, global);
        run.For = place.Outer;
        if (global is not null)
        {
            run.PopLoopVariable(global.Slot, saved);
        }
        else
        {
            SetOwn(run, saved.Value);
        }

        return flow;
    }

    /// <summary>The variable if it is a global; those of functions and <c>$x</c> need no putting back.</summary>
    Variable? Global => variable is Variable { NameSlot: < 0 } plain ? plain : null;

    Flow Loop(Run run, Value items, long offset, LoopPlace place, Variable? global)
    {
        var before = Value.Null;
        for (long turn = 0; turn < place.Length; turn++)
        {
            Next(run, items, offset, place, global, turn, ref before);
            var flow = body.Execute(run);
            if (flow == Flow.Break)
            {
                break;
            }

            if (flow == Flow.Return)
            {
                return flow;
            }
        }

        return Flow.Next;
    }

    void Next(Run run, Value items, long offset, LoopPlace place, Variable? global, long turn, ref Value before)
    {
        run.Turn(turn, this);
        var at = options.IsReversed ? offset + place.Length - 1 - turn : offset + turn;
        var item = at < (Elements.Count(items) ?? 0) ? Elements.At(items, at) : Value.Null;
        place.Index = turn;
        place.HasChanged = turn == 0 || !Equality.AreEqual(run, before, item, this);
        before = item;
        if (global is not null)
        {
            run.SetLoopVariable(global.Slot, item);
        }
        else
        {
            SetOwn(run, item);
        }
    }

    void SetOwn(Run run, Value item) => Place(run) = item;

    Value Own(Run run) => Place(run);

    ref Value Place(Run run) => ref variable is Variable named
        ? ref run.Frame.Names![named.NameSlot] // a variable that is not global has a name slot
        : ref run.Frame.Locals[((LocalVariable)variable).Index];

    Flow Table(Run run, Value items, long offset, LoopPlace place, Variable? global)
    {
        var columns = options.Columns is null ? 1 : Math.Max(1, Elements.ToInteger(options.Columns.Evaluate(run), options.Columns));
        var before = Value.Null;
        for (long turn = 0; turn < place.Length; turn++)
        {
            Next(run, items, offset, place, global, turn, ref before);
            var column = turn % columns;
            if (column == 0)
            {
                run.Write(string.Create(null, $"<tr class=\"row{(turn / columns) + 1}\">"), this);
            }

            run.Write(string.Create(null, $"<td class=\"col{column + 1}\">"), this);
            var flow = body.Execute(run);
            run.Write("</td>", this);
            var isLast = turn == place.Length - 1 || flow == Flow.Break;
            if (isLast || column == columns - 1)
            {
                run.Write("</tr>\n", this);
            }

            if (flow == Flow.Return)
            {
                return flow;
            }

            if (isLast)
            {
                break;
            }
        }

        return Flow.Next;
    }
}

/// <summary><c>while a … end</c>.</summary>
sealed class While(Expression condition, Block body) : Statement
{
    public override Flow Execute(Run run)
    {
        var place = new LoopPlace(run.While);
        run.While = place;
        var result = Flow.Next;
        for (long turn = 0; ; turn++)
        {
            place.Index = turn;
            if (!condition.Evaluate(run).IsTruthy)
            {
                break;
            }

            run.Turn(turn, this);
            var flow = body.Execute(run);
            if (flow is Flow.Break or Flow.Return)
            {
                result = flow == Flow.Return ? flow : Flow.Next;
                break;
            }
        }

        run.While = place.Outer;
        return result;
    }
}
