using System.Runtime.CompilerServices;
using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Reads a template's words into a tree. One problem ends a statement; reading goes on behind it.</summary>
sealed partial class Parser
{
    /// <summary>How much higher than the nesting a tree may grow: long sums and paths are high without nesting.</summary>
    const int HeightPerDepth = 4;

    readonly List<Token> tokens;
    readonly ParseProblems problems;
    readonly TemplateLimits limits;
    readonly bool isStrict;
    readonly Reads reads = new();
    readonly Symbols symbols = new();
    readonly List<Call> calls = [];
    Scope scope = new(null, hasParameters: false, isAnonymous: false);
    int position;
    int depth;
    int ignoredNewLines;
    int loops;
    string? indent;

    Parser(List<Token> tokens, ParseProblems problems, TemplateOptions options)
    {
        this.tokens = tokens;
        this.problems = problems;
        limits = options.Limits;
        isStrict = options.Strict;
    }

    /// <summary>Ends the reading of a statement; its problem is noted already.</summary>
    sealed class Stop : Exception;

    Token Current
    {
        get
        {
            while (ignoredNewLines > 0 && tokens[position].Kind == TokenKind.NewLine)
            {
                position++;
            }

            return tokens[position];
        }
    }

    Token Next
    {
        get
        {
            var next = position + 1;
            while (ignoredNewLines > 0 && next < tokens.Count && tokens[next].Kind == TokenKind.NewLine)
            {
                next++;
            }

            return next < tokens.Count ? tokens[next] : tokens[^1];
        }
    }

    int PreviousEnd => position > 0 ? tokens[position - 1].End : 0;

    public static Tree ParseTemplate(string text, TemplateOptions options)
    {
        var problems = new ParseProblems(text);
        return text.Length > options.Limits.TextLength
            ? TooLong(text, problems, options)
            : new Parser(new Lexer(text, problems).ReadTemplate(), problems, options).ReadTemplate();
    }

    public static Tree ParseExpression(string text, TemplateOptions options)
    {
        var problems = new ParseProblems(text);
        return text.Length > options.Limits.TextLength
            ? TooLong(text, problems, options)
            : new Parser(new Lexer(text, problems).ReadExpression(), problems, options).ReadExpression();
    }

    static Tree TooLong(string text, ParseProblems problems, TemplateOptions options)
    {
        problems.TooLong(text.Length, options.Limits.TextLength);
        return new(new Block([]), null, new Symbols(), [], problems.All());
    }

    Tree ReadTemplate()
    {
        var statements = new List<Statement>();
        while (true)
        {
            statements.AddRange(ParseStatements());
            if (Current.Kind == TokenKind.End)
            {
                break;
            }

            if (problems.Count == 0)
            {
                problems.ClosesNothing(Current);
            }

            position++;
            SkipStatement();
        }

        return Finish(NewBlock(statements), OnlyExpression(statements));
    }

    /// <summary>The expression of a text that is exactly one block with blanks around it.</summary>
    static Expression? OnlyExpression(List<Statement> statements)
    {
        Expression? only = null;
        foreach (var statement in statements)
        {
            if (statement is OutputStatement output && only is null)
            {
                only = output.Expression;
            }
            else if (statement is not TextStatement text || !string.IsNullOrWhiteSpace(text.Text))
            {
                return null;
            }
        }

        return only;
    }

    Tree ReadExpression()
    {
        Expression? expression = null;
        try
        {
            ignoredNewLines++;
            expression = ParseExpression();
            if (Current.Kind != TokenKind.End)
            {
                throw Unexpected(null);
            }
        }
        catch (Stop)
        {
            // The problem is noted; there is only one statement.
        }

        return Finish(new Block([]), expression);
    }

    Tree Finish(Block root, Expression? expression)
    {
        symbols.LocalCount = scope.LocalCount;
        foreach (var call in calls)
        {
            CheckArguments(call);
        }

        return new(root, expression, symbols, reads.All(), problems.All());
    }

    void Enter()
    {
        if (++depth > limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            problems.TooDeep(Current, limits.Depth);
            throw Abandon();
        }
    }

    void Leave() => depth--;

    /// <summary>Gives up on the whole text: what follows can't be read sensibly any more.</summary>
    Stop Abandon()
    {
        position = tokens.Count - 1;
        return new();
    }

    Stop Unexpected(string? expected, string? hint = null)
    {
        if (Current.Kind != TokenKind.Bad && !(Current.Kind == TokenKind.End && problems.Count > 0))
        {
            problems.Unexpected(Current, expected, InsteadOfWord(Current) ?? hint);
        }

        return new();
    }

    // Other languages' words for what here are signs.
    static string? InsteadOfWord(Token token) => token.Kind != TokenKind.Identifier ? null : token.Text?.ToUpperInvariant() switch
    {
        "AND" => "write `&&`",
        "OR" => "write `||`",
        _ => null,
    };

    Token Expect(TokenKind kind, string words)
    {
        var token = Current;
        if (token.Kind != kind)
        {
            throw Unexpected(words);
        }

        position++;
        return token;
    }

    T Made<T>(T node, int start, params ReadOnlySpan<Node?> children)
        where T : Node
    {
        node.Start = start;
        node.End = Math.Max(start, PreviousEnd);
        foreach (var child in children)
        {
            node.Height = Math.Max(node.Height, (child?.Height ?? 0) + 1);
        }

        if (node.Height > limits.Depth * HeightPerDepth)
        {
            problems.TooDeep(Current, limits.Depth * HeightPerDepth);
            throw Abandon();
        }

        return node;
    }

    static Block NewBlock(List<Statement> statements)
    {
        var block = new Block([.. statements]) { Height = 1 };
        foreach (var statement in statements)
        {
            block.Height = Math.Max(block.Height, statement.Height + 1);
        }

        return block;
    }
}

/// <summary>A template as it was read.</summary>
sealed record Tree(
    Block Root, Expression? Expression, Symbols Symbols, IReadOnlyList<TemplateRead> Reads, IReadOnlyList<TemplateProblem> Problems);
