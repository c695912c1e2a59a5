using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Jumps, and the blocks that change where names and output go.</summary>
sealed partial class Parser
{
    Jump ParseJump()
    {
        var keyword = Current;
        position++;
        if (loops == 0)
        {
            problems.JumpOutsideOfLoop(keyword);
        }

        return Made(new Jump(keyword.Text == "break" ? Flow.Break : Flow.Continue), keyword.Start);
    }

    Return ParseReturn()
    {
        var keyword = Current;
        position++;
        var value = IsAtEndOfStatement ? null : ParseExpression();
        return Made(new Return(value), keyword.Start, value);
    }

    ReadOnly ParseReadOnly()
    {
        var keyword = Current;
        position++;
        var name = Expect(TokenKind.Identifier, "the name of a variable");
        return Made(new ReadOnly(NewVariable(name)), keyword.Start);
    }

    Import ParseImport()
    {
        var keyword = Current;
        position++;
        var subject = ParseExpression();
        reads.OpenObject();
        return Made(new Import(subject), keyword.Start, subject);
    }

    Statement ParseCapture()
    {
        var keyword = Current;
        position++;
        var target = ParseHeader(ParseTarget);
        var body = ParseBody();
        Close(keyword);
        if (target is null)
        {
            throw new Stop();
        }

        NoteAssigned(target);
        return Made(new Capture(target, body), keyword.Start, target, body);
    }

    PathExpression ParseTarget()
    {
        var first = Current;
        if (ParsePostfix() is not PathExpression target)
        {
            problems.Unexpected(first, "a variable", null);
            throw new Stop();
        }

        if (target is Variable)
        {
            reads.Forget(target);
        }

        return target;
    }

    Statement ParseWith()
    {
        var keyword = Current;
        position++;
        var subject = ParseHeader(ParseExpression) ?? new Literal(Values.Value.Null);
        reads.OpenObject();
        var body = ParseBody();
        reads.CloseObject();
        Close(keyword);
        return Made(new With(subject, body), keyword.Start, subject, body);
    }

    Stop NotWrapped(Expression header)
    {
        problems.NotWrapped(header.Start, header.End);
        return new();
    }

    Statement ParseWrap()
    {
        var keyword = Current;
        position++;
        var header = ParseHeader(ParseExpression);
        var body = ParseBody();
        Close(keyword);
        var call = header switch
        {
            Call { IsGrouped: false } made => made,
            PathExpression { IsGrouped: false } path => Made(new Call(path, []), path.Start, path),
            null => throw new Stop(),
            _ => throw NotWrapped(header),
        };
        return Made(new Wrap(call, body), keyword.Start, call, body);
    }
}
