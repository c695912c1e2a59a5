using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Expressions by precedence: pipes, then conditions, then operators, then calls.</summary>
sealed partial class Parser
{
    const int PrecedenceOfOr = 30;
    const int PrecedenceOfUnary = 200;

    bool noNamedArguments;
    bool noCalls;

    /// <summary>Right behind a pipe, where a group may stand for a function.</summary>
    bool isPipeTarget;

    /// <summary>A whole expression, pipes included.</summary>
    Expression ParseExpression()
    {
        Enter();
        var start = Current.Start;
        var left = ParseConditional();
        while (Current.Kind == TokenKind.Pipe)
        {
            position++;
            while (tokens[position].Kind == TokenKind.NewLine)
            {
                position++;
            }

            isPipeTarget = true;
            var to = ParseConditional();
            left = Pipe(left, to, start);
        }

        Leave();
        return left;
    }

    Expression ParseConditional()
    {
        var start = Current.Start;
        var condition = ParseBinary(0);
        if (Current.Kind != TokenKind.Question)
        {
            return condition;
        }

        Enter();
        position++;
        var outer = noNamedArguments;
        noNamedArguments = true;
        var then = ParseExpression();
        noNamedArguments = outer;
        Expect(TokenKind.Colon, "`:`");
        var otherwise = ParseExpression();
        Leave();
        return Made(new Conditional(condition, then, otherwise), start, condition, then, otherwise);
    }

    Expression ParseBinary(int minimum)
    {
        var start = Current.Start;
        var canCallGroup = isPipeTarget;
        isPipeTarget = false;
        var left = ParseUnary();
        while (true)
        {
            var op = Current;
            var precedence = PrecedenceOf(op.Kind);
            if (precedence > minimum)
            {
                position++;
                Enter();
                var right = ParseBinary(precedence);
                Leave();
                left = Made(Operation(op, left, right), start, left, right);
            }
            else if (!noCalls && (left is PathExpression { IsGrouped: false } || (canCallGroup && left.IsGrouped)) && StartsArgument())
            {
                left = ParseArguments(left, minimum);
            }
            else
            {
                return left;
            }
        }
    }

    static int PrecedenceOf(TokenKind kind) => kind switch
    {
        TokenKind.DoubleQuestion or TokenKind.QuestionBang => 20,
        TokenKind.DoublePipe => PrecedenceOfOr,
        TokenKind.DoubleAmp => 40,
        TokenKind.DoubleEqual or TokenKind.BangEqual => 70,
        TokenKind.Less or TokenKind.LessEqual or TokenKind.Greater or TokenKind.GreaterEqual => 80,
        TokenKind.Plus or TokenKind.Minus => 100,
        TokenKind.Star or TokenKind.Slash or TokenKind.DoubleSlash or TokenKind.Percent
            or TokenKind.ShiftLeft or TokenKind.ShiftRight => 110,
        TokenKind.DotDot or TokenKind.DotDotLess => 130,
        _ => 0,
    };

    static Expression Operation(Token op, Expression left, Expression right)
    {
        switch (op.Kind)
        {
            case TokenKind.DoubleQuestion or TokenKind.QuestionBang:
                Reads.Guard(left);
                return new Coalesce(op.Kind == TokenKind.DoubleQuestion, left, right);
            case TokenKind.DoublePipe or TokenKind.DoubleAmp:
                return new Logical(op.Kind == TokenKind.DoubleAmp, left, right);
            case TokenKind.DotDot or TokenKind.DotDotLess:
                return new RangeExpression(left, right, op.Kind == TokenKind.DotDotLess);
            default:
                return new Binary(OperatorOf(op.Kind), op.Start, op.End, left, right);
        }
    }

    static BinaryOperator OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.DoubleEqual => BinaryOperator.Equal,
        TokenKind.BangEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterEqual => BinaryOperator.GreaterOrEqual,
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.DoubleSlash => BinaryOperator.DivideRound,
        TokenKind.Percent => BinaryOperator.Modulo,
        TokenKind.ShiftLeft => BinaryOperator.ShiftLeft,
        _ => BinaryOperator.ShiftRight,
    };

    Expression ParseUnary()
    {
        var op = Current;
        if (op.Kind is not (TokenKind.Bang or TokenKind.Minus or TokenKind.Plus or TokenKind.At or TokenKind.PlusPlus
            or TokenKind.MinusMinus or TokenKind.Caret))
        {
            return ParsePostfix();
        }

        Enter();
        position++;
        var result = ParsePrefixed(op);
        Leave();
        return result;
    }

    Expression ParsePrefixed(Token op)
    {
        switch (op.Kind)
        {
            case TokenKind.At:
                return ParseAlias(op);
            case TokenKind.PlusPlus or TokenKind.MinusMinus:
                return ParseIncrement(op);
        }

        var operand = op.Kind == TokenKind.Caret ? ParsePostfix() : ParseBinary(PrecedenceOfUnary);
        return op.Kind == TokenKind.Caret ? Made(new Expansion(operand), op.Start, operand)
            : op.Kind == TokenKind.Bang
            ? Made(new Not(operand), op.Start, operand)
            : Made(new Sign(op.Kind == TokenKind.Minus, operand), op.Start, operand);
    }

    Alias ParseAlias(Token op)
    {
        var first = Current;
        var operand = ParsePostfix();
        if (operand is not (PathExpression or AnonymousFunction or Alias))
        {
            problems.Unexpected(first, "the name of a function", null);
            throw new Stop();
        }

        return Made(new Alias(operand), op.Start, operand);
    }

    Increment ParseIncrement(Token op)
    {
        var first = Current;
        if (ParsePostfix() is not PathExpression target)
        {
            problems.Unexpected(first, "a variable", null);
            throw new Stop();
        }

        NoteAssigned(target);
        return Made(new Increment(target, op.Kind == TokenKind.MinusMinus, isPrefix: true), op.Start, target);
    }

    /// <summary>Puts what is piped before the arguments of the first call on the right.</summary>
    Expression Pipe(Expression from, Expression to, int start)
    {
        switch (to)
        {
            case Call call:
                calls.Remove(call);
                return Piped(call.Callee, from, call.Arguments, start, call.End);
            case Binary binary:
                var left = Pipe(from, binary.Left, start);
                var (opStart, opEnd) = (binary.OperatorStart, binary.OperatorEnd);
                return Made(new Binary(binary.Operator, opStart, opEnd, left, binary.Right), start, left, binary.Right);
            case Logical logical:
                left = Pipe(from, logical.Left, start);
                return Made(new Logical(logical.IsAnd, left, logical.Right), start, left, logical.Right);
            case Coalesce coalesce:
                left = Pipe(from, coalesce.Left, start);
                return Made(new Coalesce(coalesce.WhenNull, left, coalesce.Right), start, left, coalesce.Right);
            case Conditional conditional:
                left = Pipe(from, conditional.Condition, start);
                var (then, otherwise) = (conditional.Then, conditional.Otherwise);
                return Made(new Conditional(left, then, otherwise), start, left, then, otherwise);
            case PathExpression or AnonymousFunction:
                return Piped(to, from, [], start, to.End);
            case Alias alias:
                return Piped(alias.Operand, from, [], start, to.End);
            default:
                throw NotPiped(to);
        }
    }

    Call Piped(Expression callee, Expression from, Argument[] more, int start, int end)
    {
        var call = NewCall(callee, [NewArgument(from), .. more], start, end);
        call.IsPipe = true;
        return call;
    }

    Stop NotPiped(Expression to)
    {
        problems.NotAFunction(to.Start, to.End);
        return new();
    }

    bool StartsArgument()
    {
        var token = Current;
        return token.Kind switch
        {
            TokenKind.Identifier => !(inLoopHeader && IsLoopOption) && !IsKeyword(token),
            TokenKind.Local or TokenKind.Number or TokenKind.String or TokenKind.InterpolationBegin or TokenKind.OpenParen
                or TokenKind.OpenBrace or TokenKind.At or TokenKind.Caret or TokenKind.Bang => true,
            TokenKind.OpenBracket => token.Start > PreviousEnd,
            _ => false,
        };
    }

    bool IsKeyword(Token token) => token.Text switch
    {
        "if" or "else" or "end" or "case" or "when" or "func" or "ret" or "break" or "continue" or "capture" or "with" or "wrap"
            or "readonly" or "import" or "tablerow" or "in" => true,
        "for" or "while" => Next.Kind != TokenKind.Dot,
        _ => false,
    };

    Call ParseArguments(Expression callee, int minimum)
    {
        if (callee is Variable { Name: "not" })
        {
            problems.NoWordOperator(new(TokenKind.Identifier, callee.Start, callee.End, "not"), "!");
            throw new Stop();
        }

        Enter();
        noCalls = true;
        var arguments = new List<Argument>();
        while (StartsArgument())
        {
            var token = Current;
            if (token.Kind == TokenKind.Identifier && InsteadOfWord(token) is not null)
            {
                problems.NoWordOperator(token, token.Text is "and" or "AND" ? "&&" : "||");
                throw new Stop();
            }

            arguments.Add(ParseArgument(minimum));
            CheckReach(callee, arguments[^1].Expression);
            if (arguments[^1].Expression is AnonymousFunction)
            {
                break;
            }
        }

        noCalls = false;
        Leave();
        return NewCall(callee, [.. arguments], callee.Start, PreviousEnd);
    }

    /// <summary>
    /// <c>a | f 1 ?? b</c> reads like a default for the result, but <c>1 ?? b</c> is the argument: batches must say which they mean.
    /// </summary>
    void CheckReach(Expression callee, Expression argument)
    {
        if (isStrict && !argument.IsGrouped
            && argument is Logical or Coalesce or Binary { Operator: <= BinaryOperator.GreaterOrEqual })
        {
            problems.ArgumentReachesFar(callee, argument);
        }
    }

    Argument ParseArgument(int minimum)
    {
        var token = Current;
        if (token.Kind == TokenKind.Identifier && Next.Kind == TokenKind.Colon && !noNamedArguments)
        {
            position += 2;
            return new(ParseBinary(0), token.Text, token.Start, false);
        }

        return NewArgument(ParseBinary(minimum));
    }

    static Argument NewArgument(Expression value) => value is Expansion { IsGrouped: false } expansion
        ? new(expansion.Operand, null, 0, true)
        : new(value, null, 0, false);

    Call NewCall(Expression callee, Argument[] arguments, int start, int end)
    {
        Node?[] children = [callee, .. arguments.Select(a => a.Expression)];
        var call = Made(new Call(callee, arguments), start, children);
        call.End = end;
        calls.Add(call);
        return call;
    }
}
