using BatchRunner.Templating.Operations;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>The operators that need both their sides.</summary>
enum BinaryOperator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    DivideRound,
    Modulo,
    ShiftLeft,
    ShiftRight,
}

/// <summary>Arithmetic and comparison.</summary>
sealed class Binary(BinaryOperator op, int opStart, int opEnd, Expression left, Expression right) : Expression
{
    public BinaryOperator Operator => op;

    public int OperatorStart => opStart;

    public int OperatorEnd => opEnd;

    public Expression Left => left;

    public Expression Right => right;

    public override Value Evaluate(Run run)
    {
        run.Step(this);
        if (op <= BinaryOperator.NotEqual)
        {
            var isSame = run.IsStrict ? StrictlyEqual(run) : Equality.AreEqual(run, left.Evaluate(run), right.Evaluate(run), this);
            return Value.Of(isSame == (op == BinaryOperator.Equal));
        }

        var a = left.Evaluate(run);
        var b = right.Evaluate(run);
        if (run.IsStrict && (a.IsCell || b.IsCell))
        {
            Strictness.CheckCells(this, a, b);
        }

        return op <= BinaryOperator.GreaterOrEqual
            ? Value.Of(Ordering.Compare(run, op, a, b, this))
            : Arithmetic.Apply(run, op, a, b, this);
    }

    bool StrictlyEqual(Run run)
    {
        run.ReadRow = null;
        var a = left.Evaluate(run);
        Strictness.CheckBlank(run, this, left, a, right);
        run.ReadRow = null;
        var b = right.Evaluate(run);
        Strictness.CheckBlank(run, this, right, b, left);
        return Equality.AreEqual(run, a, b, this);
    }
}

/// <summary><c>&amp;&amp;</c> and <c>||</c>: always a boolean, the right side only if it matters.</summary>
sealed class Logical(bool isAnd, Expression left, Expression right) : Expression
{
    public bool IsAnd => isAnd;

    public Expression Left => left;

    public Expression Right => right;

    public override Value Evaluate(Run run)
    {
        run.Step(this);
        return left.Evaluate(run).IsTruthy != isAnd ? Value.Of(!isAnd) : Value.Of(right.Evaluate(run).IsTruthy);
    }
}

/// <summary><c>??</c> gives the right side if the left is null, <c>?!</c> if it is not.</summary>
sealed class Coalesce(bool whenNull, Expression left, Expression right) : Expression
{
    public bool WhenNull => whenNull;

    public Expression Left => left;

    public Expression Right => right;

    public override Value Evaluate(Run run)
    {
        run.Step(this);
        var value = left.EvaluateGuarded(run);
        return value.IsNull == whenNull ? right.Evaluate(run) : value;
    }

    public override Value EvaluateGuarded(Run run)
    {
        run.Step(this);
        var value = left.EvaluateGuarded(run);
        return value.IsNull == whenNull ? right.EvaluateGuarded(run) : value;
    }
}

/// <summary><c>a ? b : c</c>.</summary>
sealed class Conditional(Expression condition, Expression then, Expression otherwise) : Expression
{
    public Expression Condition => condition;

    public Expression Then => then;

    public Expression Otherwise => otherwise;

    public override Value Evaluate(Run run)
    {
        run.Step(this);
        return condition.Evaluate(run).IsTruthy ? then.Evaluate(run) : otherwise.Evaluate(run);
    }
}

/// <summary><c>!a</c>.</summary>
sealed class Not(Expression operand) : Expression
{
    public override Value Evaluate(Run run) => Value.Of(!operand.Evaluate(run).IsTruthy);
}

/// <summary><c>-a</c> and <c>+a</c>.</summary>
sealed class Sign(bool isMinus, Expression operand) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.Step(this);
        return Arithmetic.Sign(run, isMinus, operand.Evaluate(run), this);
    }
}

/// <summary><c>@f</c>: the function itself, not its result.</summary>
sealed class Alias(Expression operand) : Expression
{
    public Expression Operand => operand;

    public override Value Evaluate(Run run) => operand.Peek(run);
}

/// <summary><c>^a</c>: the elements of a list as arguments of a call.</summary>
sealed class Expansion(Expression operand) : Expression
{
    public Expression Operand => operand;

    public override Value Evaluate(Run run) => throw RenderProblems.ExpansionOutsideOfCall(this);
}

/// <summary><c>++a</c>, <c>a--</c>.</summary>
sealed class Increment(PathExpression target, bool isMinus, bool isPrefix) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.Step(this);
        var before = target.Evaluate(run);
        if (run.IsStrict && before.IsCell)
        {
            throw RenderProblems.ArithmeticOnCell(this, before.Text);
        }

        var after = Arithmetic.Increment(run, before, isMinus, this);
        target.Assign(run, after);
        return isPrefix ? after : before;
    }
}

/// <summary><c>1..5</c> and <c>1..&lt;5</c>.</summary>
sealed class RangeExpression(Expression first, Expression last, bool isExclusive) : Expression
{
    public override Value Evaluate(Run run)
    {
        run.Charge(2, this);
        var from = Elements.ToInteger(first.Evaluate(run), first);
        var to = Elements.ToInteger(last.Evaluate(run), last);
        var step = from <= to ? 1 : -1;
        var distance = (Int128)to - from;
        var count = (distance < 0 ? -distance : distance) + (isExclusive ? 0 : 1);
        return Value.Of(new RangeValue(from, (long)Int128.Min(count, long.MaxValue), step));
    }
}
