using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Statements, and the blocks between a keyword and its <c>end</c>.</summary>
sealed partial class Parser
{
    /// <summary>Statements up to <c>end</c>, <c>else</c>, <c>when</c> or the end of the text.</summary>
    List<Statement> ParseStatements()
    {
        var statements = new List<Statement>();
        while (true)
        {
            var token = Current;
            switch (token.Kind)
            {
                case TokenKind.End:
                    return statements;
                case TokenKind.Text:
                    position++;
                    statements.Add(Made(new TextStatement(token.Text ?? ""), token.Start));
                    continue;
                case TokenKind.Enter:
                    indent = token.Text;
                    position++;
                    continue;
                case TokenKind.Exit:
                    indent = null;
                    position++;
                    continue;
                case TokenKind.NewLine or TokenKind.Semicolon:
                    position++;
                    continue;
                case TokenKind.Identifier when token.Text is "end" or "else" or "when" && Next.Kind != TokenKind.Equal:
                    return statements;
            }

            try
            {
                statements.Add(ParseStatement());
                ExpectEndOfStatement();
            }
            catch (Stop)
            {
                // The problem is noted; reading goes on behind the statement.
                SkipStatement();
            }
        }
    }

    bool IsAtEndOfStatement => Current.Kind is TokenKind.NewLine or TokenKind.Semicolon or TokenKind.Exit or TokenKind.End;

    void ExpectEndOfStatement()
    {
        if (!IsAtEndOfStatement)
        {
            throw Unexpected(null, Current switch
            {
                { Kind: TokenKind.Equal } => "write `==` to compare",
                { Kind: TokenKind.Identifier, Text: "and" } => "write `&&`",
                { Kind: TokenKind.Identifier, Text: "or" } => "write `||`",
                { Kind: TokenKind.Identifier or TokenKind.String or TokenKind.Number } => "separate statements with `;`, or join values with `+`",
                _ => null,
            });
        }
    }

    void SkipStatement()
    {
        (ignoredNewLines, noCalls, noNamedArguments, inLoopHeader) = (0, false, false, false);
        while (!IsAtEndOfStatement)
        {
            position++;
        }
    }

    Statement ParseStatement()
    {
        var token = Current;
        if (token.Kind == TokenKind.Local && token.Text == "$" && Next.Kind is not TokenKind.Equal)
        {
            position++;
            return Made(new WrappedBlock(), token.Start);
        }

        if (token.Kind != TokenKind.Identifier)
        {
            return ParseExpressionStatement();
        }

        if (IsInlineFunction())
        {
            return ParseInlineFunction();
        }

        return token.Text switch
        {
            "if" => Nested(ParseIf),
            "case" => Nested(ParseCase),
            "for" when Next.Kind != TokenKind.Dot => Nested(ParseFor),
            "tablerow" => Nested(ParseFor),
            "while" when Next.Kind != TokenKind.Dot => Nested(ParseWhile),
            "func" => Nested(ParseFunction),
            "capture" => Nested(ParseCapture),
            "with" => Nested(ParseWith),
            "wrap" => Nested(ParseWrap),
            "break" or "continue" => ParseJump(),
            "ret" => ParseReturn(),
            "readonly" => ParseReadOnly(),
            "import" => ParseImport(),
            "elseif" or "elif" or "elsif" => throw Unexpected(null, "write `else if`"),
            "endif" or "endfor" or "endcase" or "endwhile" => throw Unexpected(null, "write `end`"),
            _ => ParseExpressionStatement(),
        };
    }

    Statement Nested(Func<Statement> parse)
    {
        Enter();
        var outerNewLines = ignoredNewLines;
        ignoredNewLines = 0;
        var statement = parse();
        ignoredNewLines = outerNewLines;
        Leave();
        return statement;
    }

    Statement ParseExpressionStatement()
    {
        var start = Current.Start;
        var expression = ParseExpression();
        if (Current.Kind is not (TokenKind.Equal or TokenKind.PlusEqual or TokenKind.MinusEqual or TokenKind.StarEqual
            or TokenKind.SlashEqual or TokenKind.DoubleSlashEqual or TokenKind.PercentEqual))
        {
            return Made(new OutputStatement(expression, indent), start, expression);
        }

        if (expression is not PathExpression { IsGrouped: false } target)
        {
            problems.NotAssignable(expression.Start, expression.End);
            throw new Stop();
        }

        var op = Current;
        position++;
        if (op.Kind == TokenKind.Equal && target is Variable)
        {
            reads.Forget(target);
        }

        var value = ParseExpression();
        NoteAssigned(target);
        var compound = CompoundOperator(op.Kind) is { } binary
            ? Made(new Binary(binary, op.Start, op.End, target, value), start, target, value)
            : null;
        return Made(new Assignment(target, compound, value), start, target, value);
    }

    void NoteAssigned(PathExpression target)
    {
        if (target is Variable variable)
        {
            reads.Assign(variable.Name);
        }
    }

    static BinaryOperator? CompoundOperator(TokenKind kind) => kind switch
    {
        TokenKind.PlusEqual => BinaryOperator.Add,
        TokenKind.MinusEqual => BinaryOperator.Subtract,
        TokenKind.StarEqual => BinaryOperator.Multiply,
        TokenKind.SlashEqual => BinaryOperator.Divide,
        TokenKind.DoubleSlashEqual => BinaryOperator.DivideRound,
        TokenKind.PercentEqual => BinaryOperator.Modulo,
        _ => null,
    };

    Statement ParseIf()
    {
        var keyword = Current;
        position++;
        var arms = new List<(Expression? Condition, Block Body)>();
        var condition = ParseHeader(ParseExpression) ?? new Literal(Values.Value.Null);
        while (true)
        {
            arms.Add((condition, ParseBody()));
            if (!IsAt("else") || (arms.Count > 1 && condition is null))
            {
                break;
            }

            position++;
            condition = null;
            if (Accept("if"))
            {
                condition = ParseHeader(ParseExpression) ?? new Literal(Values.Value.Null);
            }
            else
            {
                ParseHeader(() => "");
            }
        }

        Close(keyword);
        return Made(new If([.. arms]), keyword.Start, [.. arms.SelectMany(a => new Node?[] { a.Condition, a.Body })]);
    }

    /// <summary>What stands between a keyword and its block. A problem there is noted; the block is read all the same.</summary>
    T? ParseHeader<T>(Func<T> parse)
        where T : class
    {
        try
        {
            var header = parse();
            ExpectEndOfStatement();
            return header;
        }
        catch (Stop)
        {
            // The problem is noted; without the block its `end` would look lost.
            SkipStatement();
            return null;
        }
    }

    Block ParseBody() => NewBlock(ParseStatements());

    bool Accept(string keyword)
    {
        var isThere = IsAt(keyword);
        position += isThere ? 1 : 0;
        return isThere;
    }

    bool IsAt(string keyword) => Current.Kind == TokenKind.Identifier && Current.Text == keyword;

    void Close(Token keyword)
    {
        if (IsAt("end"))
        {
            position++;
            return;
        }

        if (Current.Kind == TokenKind.End)
        {
            if (problems.Count == 0)
            {
                problems.NeverClosed(keyword);
            }
        }
        else if (problems.Count == 0)
        {
            problems.ClosesNothing(Current);
        }

        throw Abandon();
    }

    Statement ParseCase()
    {
        var keyword = Current;
        position++;
        var subject = ParseHeader(ParseExpression) ?? new Literal(Values.Value.Null);
        var between = ParseStatements();
        if (between.Find(s => s is not TextStatement text || !string.IsNullOrWhiteSpace(text.Text)) is { } stray)
        {
            problems.Unexpected(new Token(TokenKind.Text, stray.Start, stray.End), "`when`", null);
        }

        var arms = new List<(Expression[] Matches, Block Body)>();
        while (IsAt("when"))
        {
            position++;
            var matches = ParseHeader(ParseMatches) ?? [];
            arms.Add(([.. matches], ParseBody()));
        }

        Block? otherwise = null;
        if (arms.Count > 0 && Accept("else"))
        {
            ParseHeader(() => "");
            otherwise = ParseBody();
        }

        Close(keyword);
        Node?[] children = [subject, otherwise, .. arms.Select(a => a.Body), .. arms.SelectMany(a => a.Matches)];
        return Made(new Case(subject, [.. arms], otherwise), keyword.Start, children);
    }

    List<Expression> ParseMatches()
    {
        var matches = new List<Expression>();
        do
        {
            matches.Add(ParseBinary(PrecedenceOfOr));
        }
        while (Accept(TokenKind.Comma) || Accept(TokenKind.DoublePipe));

        return matches;
    }

    bool Accept(TokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        position++;
        return true;
    }
}
