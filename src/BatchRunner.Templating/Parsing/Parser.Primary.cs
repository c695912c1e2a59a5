using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Parsing;

/// <summary>Literals, names, and the members, indexes and arguments glued to them.</summary>
sealed partial class Parser
{
    Expression ParsePostfix()
    {
        var start = Current.Start;
        var expression = ParsePrimary();
        while (true)
        {
            var token = Current;
            var isGlued = token.Start == PreviousEnd;
            if (token.Kind is TokenKind.Dot or TokenKind.QuestionDot)
            {
                expression = ParseMember(expression, start);
            }
            else if (token.Kind == TokenKind.OpenBracket && isGlued)
            {
                expression = ParseIndex(expression, start);
            }
            else if (token.Kind == TokenKind.OpenParen && isGlued && expression is PathExpression { IsGrouped: false })
            {
                expression = ParseGluedArguments(expression, start);
            }
            else if (token.Kind is TokenKind.PlusPlus or TokenKind.MinusMinus && expression is PathExpression target)
            {
                position++;
                NotePath(expression);
                NoteAssigned(target);
                return Made(new Increment(target, token.Kind == TokenKind.MinusMinus, isPrefix: false), start, target);
            }
            else
            {
                break;
            }
        }

        NotePath(expression);
        return expression;
    }

    /// <summary>Checks a path's names as far as they are known without running, and notes what it reads.</summary>
    void NotePath(Expression path)
    {
        if (path is not PathExpression || path.Read is not null)
        {
            return;
        }

        var node = path;
        Member? first = null;
        while (node is Member or Indexer)
        {
            first = node as Member;
            node = first?.Target ?? ((Indexer)node).Target;
        }

        if (node is not Variable variable || !reads.IsFree(variable.Name, scope))
        {
            return;
        }

        if (Refusal.For("", variable.Name) is { } refused)
        {
            problems.Refused(variable.Start, variable.End, refused);
        }
        else if (Library.TryGet(variable.Name, out var value) && value.Reference is Library library)
        {
            CheckFunction(path, first, library);
        }
        else
        {
            reads.Add(path, scope);
        }
    }

    void CheckFunction(Expression path, Member? member, Library library)
    {
        var (name, start) = member is not null ? (member.Name, member.NameStart)
            : path is Indexer { Key: Literal { Value.IsText: true } key } ? (key.Value.Text, key.Start)
            : (null, 0);
        if (name is null || library.Find(name) is not null || (library.Name == "date" && name is "format" or "default_format")
            || name is "empty")
        {
            return;
        }

        if (Refusal.For(library.Name, name) is { } refused)
        {
            problems.Refused(path.Start, start + name.Length, refused);
        }
        else
        {
            problems.UnknownFunction(path.Start, start + name.Length, library, name);
        }
    }

    Expression ParseMember(Expression target, int start)
    {
        var isOptional = Current.Kind == TokenKind.QuestionDot;
        position++;
        var name = Expect(TokenKind.Identifier, "the name of a member");
        if (name.Text is "empty" or "blank" && Current.Kind == TokenKind.Question && Current.Start == name.End)
        {
            position++;
            NotePath(target);
            return Made(new EmptyTest(target), start, target);
        }

        // What follows a `?.` that found nothing finds nothing either.
        isOptional |= target is Member { IsOptional: true };
        return Made(new Member(target, name.Text ?? "", name.Start, isOptional), start, target);
    }

    Indexer ParseIndex(Expression target, int start)
    {
        position++;
        var key = Inside(ParseExpression);
        Expect(TokenKind.CloseBracket, "`]`");
        return Made(new Indexer(target, key), start, target, key);
    }

    /// <summary>Reads something in brackets: lines and calls are free again there.</summary>
    T Inside<T>(Func<T> parse, bool ignoreLines = true)
    {
        var outer = (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines);
        (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines) = (false, false, false, ignoreLines ? ignoredNewLines + 1 : 0);
        var result = parse();

        // The closing bracket may stand on a line of its own.
        _ = Current;
        (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines) = outer;
        return result;
    }

    Call ParseGluedArguments(Expression callee, int start)
    {
        NotePath(callee);
        position++;
        var arguments = Inside(() =>
        {
            var list = new List<Argument>();
            while (Current.Kind != TokenKind.CloseParen)
            {
                if (Current.Kind == TokenKind.Identifier && Next.Kind == TokenKind.Colon)
                {
                    var name = Current;
                    position += 2;
                    list.Add(new(ParseExpression(), name.Text, name.Start, false));
                }
                else
                {
                    list.Add(NewArgument(ParseExpression()));
                }

                if (!Accept(TokenKind.Comma) && Current.Kind != TokenKind.CloseParen)
                {
                    throw Unexpected("`,` or `)`");
                }
            }

            return list;
        });
        Expect(TokenKind.CloseParen, "`)`");
        return NewCall(callee, [.. arguments], start, PreviousEnd);
    }

    Expression ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                position++;
                return Made(new Literal(Number(token)), token.Start);
            case TokenKind.String:
                position++;
                return Made(new Literal(Value.Of(token.Text)), token.Start);
            case TokenKind.InterpolationBegin:
                return ParseInterpolation();
            case TokenKind.OpenParen:
                return ParseGroup();
            case TokenKind.OpenBracket:
                return ParseList();
            case TokenKind.OpenBrace:
                return ParseMap();
            case TokenKind.Local:
                position++;
                return NewLocal(token);
            case TokenKind.Identifier:
                return ParseName(token);
            default:
                throw Unexpected("an expression", token.Kind switch
                {
                    TokenKind.Equal => "write `==` to compare",
                    TokenKind.Caret => "`^` stands before an argument of a call",
                    TokenKind.Pipe => "a pipe that goes on in the next line ends its own line with `|`",
                    _ => null,
                });
        }
    }

    Expression ParseName(Token token)
    {
        switch (token.Text)
        {
            case "true" or "false":
                position++;
                return Made(new Literal(Value.Of(token.Text == "true")), token.Start);
            case "null":
                position++;
                return Made(new Literal(Value.Null), token.Start);
            case "this":
                position++;
                return Made(new This(), token.Start);
            case "do":
                return ParseAnonymousFunction();
            case "for" or "while" when Next.Kind == TokenKind.Dot:
                return ParseLoopMember(token);
        }

        if (IsKeyword(token))
        {
            throw Unexpected("an expression");
        }

        position++;
        return NewVariable(token);
    }

    LoopMember ParseLoopMember(Token loop)
    {
        position += 2;
        var name = Expect(TokenKind.Identifier, "the name of a member");
        var known = loop.Text == "for" ? LoopMember.ForNames : LoopMember.WhileNames;
        if (!known.Contains(name.Text))
        {
            problems.UnknownLoopMember(name, loop.Text ?? "", known);
        }

        return Made(new LoopMember(loop.Text == "while", name.Text ?? ""), loop.Start);
    }

    AnonymousFunction ParseAnonymousFunction()
    {
        var keyword = Current;
        Enter();
        position++;
        var outer = (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines);
        (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines) = (false, false, false, 0);
        var (function, _) = ParseFunctionBody(keyword, keyword, isAnonymous: true);
        (noNamedArguments, noCalls, inLoopHeader, ignoredNewLines) = outer;
        Leave();
        return Made(new AnonymousFunction(function), keyword.Start, function);
    }

    Variable NewVariable(Token token)
    {
        var name = token.Text ?? "";
        var variable = new Variable(name, symbols.SlotOf(name), scope.Names?.SlotOf(name) ?? -1) { Start = token.Start, End = token.End };
        return variable;
    }

    PathExpression NewLocal(Token token)
    {
        var name = token.Text ?? "";
        PathExpression path = name.Length == 0 ? new ArgumentVariable(-1)
            : char.IsAsciiDigit(name[0]) && int.TryParse(name, out var index) ? new ArgumentVariable(index)
            : new LocalVariable(name, scope.LocalSlot(name));
        path.Start = token.Start;
        path.End = token.End;
        return name == "$" ? throw Unexpected("`$$` alone as a statement") : path;
    }

    Expression ParseGroup()
    {
        position++;
        var inner = Inside(ParseExpression);
        Expect(TokenKind.CloseParen, "`)`");
        inner.IsGrouped = true;
        return inner;
    }

    ListLiteral ParseList()
    {
        var start = Current.Start;
        position++;
        var items = Inside(() =>
        {
            var list = new List<Expression>();
            while (Current.Kind != TokenKind.CloseBracket)
            {
                list.Add(ParseExpression());
                if (!Accept(TokenKind.Comma) && Current.Kind != TokenKind.CloseBracket)
                {
                    throw Unexpected("`,` or `]`");
                }
            }

            return list;
        });
        Expect(TokenKind.CloseBracket, "`]`");
        return Made(new ListLiteral([.. items]), start, [.. items]);
    }

    MapLiteral ParseMap()
    {
        var start = Current.Start;
        position++;
        var members = Inside(() =>
        {
            var list = new List<(string Name, Expression Value)>();
            while (Current.Kind != TokenKind.CloseBrace)
            {
                var name = Current;
                if (name.Kind is not (TokenKind.Identifier or TokenKind.String))
                {
                    throw Unexpected("the name of a member");
                }

                position++;
                Expect(TokenKind.Colon, "`:`");
                list.Add((name.Text ?? "", ParseExpression()));
                if (!Accept(TokenKind.Comma) && Current.Kind != TokenKind.CloseBrace)
                {
                    throw Unexpected("`,` or `}`");
                }
            }

            return list;
        });
        Expect(TokenKind.CloseBrace, "`}`");
        return Made(new MapLiteral([.. members]), start, [.. members.Select(m => m.Value)]);
    }

    Interpolation ParseInterpolation()
    {
        var start = Current.Start;
        position++;
        var parts = new List<Expression>();
        while (Current.Kind != TokenKind.InterpolationEnd)
        {
            var token = Current;
            if (token.Kind == TokenKind.InterpolationText)
            {
                position++;
                if (token.End > token.Start)
                {
                    parts.Add(Made(new Literal(Value.Of(token.Text)), token.Start));
                }
            }
            else if (Accept(TokenKind.InterpolationOpen))
            {
                parts.Add(Inside(ParseExpression, ignoreLines: false));
                Expect(TokenKind.InterpolationClose, "`}`");
            }
            else
            {
                throw Unexpected("the end of the text");
            }
        }

        position++;
        return Made(new Interpolation([.. parts]), start, [.. parts]);
    }
}
