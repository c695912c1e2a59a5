using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>Text that is printed as it is.</summary>
sealed class TextStatement(string text) : Statement
{
    public string Text => text;

    public override Flow Execute(Run run)
    {
        run.Step(this);
        run.Write(text, this);
        return Flow.Next;
    }
}

/// <summary>An expression whose value is printed, indented like the block it stands in.</summary>
sealed class OutputStatement(Expression expression, string? indent) : Statement
{
    public Expression Expression => expression;

    public override Flow Execute(Run run)
    {
        run.Step(this);
        run.ReadRow = null;
        var value = expression.Evaluate(run);
        run.NoteIfBlank(expression, value);
        if (value.IsNull)
        {
            return Flow.Next;
        }

        if (indent is null)
        {
            Printer.Print(run, value, expression);
        }
        else
        {
            Printer.PrintIndented(run, value, indent, expression);
        }

        return Flow.Next;
    }
}

/// <summary><c>a = b</c>, or <c>a += b</c>.</summary>
sealed class Assignment(PathExpression target, Binary? compound, Expression value) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        target.Assign(run, compound is null ? Stored(run) : compound.Evaluate(run));
        return Flow.Next;
    }

    Value Stored(Run run) => value.Evaluate(run);
}

/// <summary><c>if</c> with its <c>else if</c>s and <c>else</c>.</summary>
sealed class If((Expression? Condition, Block Body)[] arms) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        foreach (var (condition, body) in arms)
        {
            if (condition is null || condition.Evaluate(run).IsTruthy)
            {
                return body.Execute(run);
            }
        }

        return Flow.Next;
    }
}

/// <summary><c>case</c> with its <c>when</c>s and <c>else</c>.</summary>
sealed class Case(Expression subject, (Expression[] Matches, Block Body)[] arms, Block? otherwise) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        var value = subject.Evaluate(run);
        foreach (var (matches, body) in arms)
        {
            foreach (var match in matches)
            {
                if (Equality.AreEqual(run, value, match.Evaluate(run), match))
                {
                    return body.Execute(run);
                }
            }
        }

        return otherwise?.Execute(run) ?? Flow.Next;
    }
}

/// <summary><c>capture x … end</c>: what the block prints becomes a text.</summary>
sealed class Capture(PathExpression target, Block body) : Statement
{
    public override Flow Execute(Run run)
    {
        var mark = run.Output.Length;
        var flow = body.Execute(run);
        target.Assign(run, run.TakeSince(mark, this));
        return flow;
    }
}

/// <summary><c>with x … end</c>: the members of an object are names within the block.</summary>
sealed class With(Expression subject, Block body) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        var value = subject.Evaluate(run);
        if (value.Kind is not (Kind.Map or Kind.DataMap or Kind.Row or Kind.Library))
        {
            throw RenderProblems.NotAnObject(subject, value, "with");
        }

        run.Open(value, this);
        var flow = body.Execute(run);
        run.Close();
        return flow;
    }
}

/// <summary><c>import x</c>: the members of an object become names.</summary>
sealed class Import(Expression subject) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        var value = subject.Evaluate(run);
        if (value.Kind is not (Kind.Map or Kind.DataMap or Kind.Row or Kind.Library))
        {
            throw RenderProblems.NotAnObject(subject, value, "import");
        }

        foreach (var (name, member) in Members.All(run, value, this))
        {
            if (!run.IsLocked(name))
            {
                run.WriteGlobal(name, member, this);
            }
        }

        return Flow.Next;
    }
}

/// <summary><c>readonly x</c>.</summary>
sealed class ReadOnly(Variable variable) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Lock(variable.Name, this);
        return Flow.Next;
    }
}

/// <summary><c>break</c> and <c>continue</c>.</summary>
sealed class Jump(Flow flow) : Statement
{
    public override Flow Execute(Run run)
    {
        run.Step(this);
        return flow;
    }
}
