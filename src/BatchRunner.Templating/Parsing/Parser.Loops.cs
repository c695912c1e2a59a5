using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Loops, and the functions a template defines.</summary>
sealed partial class Parser
{
    bool inLoopHeader;

    Statement ParseFor()
    {
        var keyword = Current;
        position++;
        var header = ParseHeader(() => ParseForHeader(keyword.Text == "tablerow"));
        var name = (header?.Variable as Variable)?.Name;
        if (name is not null)
        {
            reads.EnterLoop(name);
        }

        loops++;
        var body = ParseBody();
        loops--;
        if (name is not null)
        {
            reads.LeaveLoop(name);
        }

        Block? otherwise = null;
        if (Accept("else"))
        {
            ParseHeader(() => "");
            otherwise = ParseBody();
        }

        Close(keyword);
        return header is null ? throw new Stop() : Made(
            new For(header.Variable, header.Source, header.Options, body, otherwise, keyword.Text == "tablerow"), keyword.Start,
            header.Source, body, otherwise, header.Options.Offset, header.Options.Limit, header.Options.Columns);
    }

    sealed record ForHeader(PathExpression Variable, Expression Source, LoopOptions Options);

    ForHeader ParseForHeader(bool isTable)
    {
        var token = Current;
        var variable = token.Kind switch
        {
            TokenKind.Identifier => NewVariable(token),
            TokenKind.Local when token.Text is { Length: > 0 } and not "$" => NewLocal(token),
            _ => throw Unexpected("the name of the loop's variable"),
        };
        position++;
        if (!IsAt("in"))
        {
            throw Unexpected("`in`");
        }

        position++;
        inLoopHeader = true;
        var start = Current.Start;
        var source = ParseExpression();
        inLoopHeader = false;
        var end = PreviousEnd;
        var options = ParseLoopOptions(isTable, out var hasOptions);
        if (hasOptions && source is RangeExpression { IsGrouped: false })
        {
            problems.RangeNeedsParentheses(start, end);
        }

        return new(variable, source, options);
    }

    LoopOptions ParseLoopOptions(bool isTable, out bool hasOptions)
    {
        var options = default(LoopOptions);
        hasOptions = false;
        while (IsLoopOption)
        {
            hasOptions = true;
            var name = Current;
            position++;
            if (name.Text == "reversed")
            {
                options = options with { IsReversed = true };
                continue;
            }

            Expect(TokenKind.Colon, "`:`");
            inLoopHeader = true;
            var value = ParseBinary(0);
            inLoopHeader = false;
            options = name.Text switch
            {
                "offset" => options with { Offset = value },
                "limit" => options with { Limit = value },
                _ when isTable => options with { Columns = value },
                _ => throw Unexpected("`offset`, `limit` or `reversed`"),
            };
        }

        return options;
    }

    bool IsLoopOption => Current.Kind == TokenKind.Identifier && Current.Text switch
    {
        "reversed" => true,
        "offset" or "limit" or "cols" => Next.Kind == TokenKind.Colon,
        _ => false,
    };

    Statement ParseWhile()
    {
        var keyword = Current;
        position++;
        var condition = ParseHeader(ParseExpression) ?? new Literal(Values.Value.Null);
        loops++;
        var body = ParseBody();
        loops--;
        Close(keyword);
        return Made(new While(condition, body), keyword.Start, condition, body);
    }

    bool IsInlineFunction()
    {
        if (tokens[position + 1] is not { Kind: TokenKind.OpenParen } open || open.Start != Current.End)
        {
            return false;
        }

        var i = position + 2;
        while (tokens[i].Kind is TokenKind.Identifier or TokenKind.Comma)
        {
            i++;
        }

        return tokens[i].Kind == TokenKind.CloseParen && tokens[i + 1].Kind == TokenKind.Equal;
    }

    FunctionStatement ParseInlineFunction()
    {
        var name = Current;
        position++;
        var target = NewVariable(name);
        reads.Assign(name.Text ?? "");
        scope = new(scope, hasParameters: true, isAnonymous: false);
        var parameters = ParseParameters();
        Expect(TokenKind.Equal, "`=`");
        var value = ParseExpression();
        var result = Made(new Return(value), value.Start, value);
        return Made(new FunctionStatement(NewFunction(name, parameters, NewBlock([result]), name.Start), target), name.Start, result);
    }

    FunctionBody NewFunction(Token name, Parameter[]? parameters, Block body, int start)
    {
        var function = Made(
            new FunctionBody
            {
                Name = name.Kind == TokenKind.Identifier && name.Text != "do" ? name.Text ?? "" : "do",
                Parameters = parameters,
                Body = body,
                IsAnonymous = name.Text == "do",
                NameCount = parameters is null ? 0 : scope.Names?.Count ?? 0,
                LocalCount = scope.LocalCount,
            },
            start,
            body);
        scope = scope.Outer ?? scope;
        return function;
    }

    Statement ParseFunction()
    {
        var keyword = Current;
        position++;
        var name = Current;
        var target = ParseFunctionName();
        var (body, _) = ParseFunctionBody(keyword, name, isAnonymous: false);
        return Made(new FunctionStatement(body, target), keyword.Start, body);
    }

    PathExpression ParseFunctionName()
    {
        var name = Current;
        if (name.Kind == TokenKind.Local && name.Text is { Length: > 0 } and not "$")
        {
            position++;
            return NewLocal(name);
        }

        Expect(TokenKind.Identifier, "the function's name");
        reads.Assign(name.Text ?? "");
        PathExpression target = NewVariable(name);
        while (Accept(TokenKind.Dot))
        {
            var member = Expect(TokenKind.Identifier, "a name");
            target = Made(new Member(target, member.Text ?? "", member.Start, isOptional: false), name.Start, target);
        }

        return target;
    }

    (FunctionBody Function, Token Keyword) ParseFunctionBody(Token keyword, Token name, bool isAnonymous)
    {
        var hasParameters = Current.Kind == TokenKind.OpenParen && Current.Start == PreviousEnd;
        scope = new(scope, hasParameters, isAnonymous);
        var (outerLoops, outerIndent) = (loops, indent);
        loops = 0;
        var parameters = hasParameters ? ParseHeader(ParseParameters) : null;
        if (!hasParameters && !IsAtEndOfStatement)
        {
            throw Unexpected("the function's body on the next line, or behind `;`", "write parameters in parentheses: `f(x)`");
        }

        var block = ParseBody();
        loops = outerLoops;
        Close(keyword);
        indent = outerIndent;
        return (NewFunction(name, parameters, block, keyword.Start), keyword);
    }

    Parameter[] ParseParameters()
    {
        var parameters = new List<Parameter>();
        Expect(TokenKind.OpenParen, "`(`");
        ignoredNewLines++;
        while (Current.Kind != TokenKind.CloseParen)
        {
            var name = Expect(TokenKind.Identifier, "the name of a parameter");
            var slot = scope.Names?.SlotOf(name.Text ?? "") ?? 0;
            if (!scope.AddParameter(name.Text ?? ""))
            {
                problems.DuplicateParameter(name);
            }

            var isRest = Accept(TokenKind.Ellipsis);
            var value = Accept(TokenKind.Equal) ? ParseExpression() : null;
            if (value is null && !isRest && parameters.Exists(p => p.Default is not null))
            {
                problems.ParameterNeedsDefault(name);
            }

            parameters.Add(new(name.Text ?? "", slot, value, isRest));
            if (isRest || !Accept(TokenKind.Comma))
            {
                break;
            }
        }

        Expect(TokenKind.CloseParen, "`)`");
        ignoredNewLines--;
        return [.. parameters];
    }
}
