using BatchRunner.Templating.Parsing;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating;

/// <summary>
/// A text in the Scriban language, parsed once and rendered many times. Immutable and safe to share between threads.
/// Nothing here throws for what a user wrote: mistakes come back as <see cref="TemplateProblem"/> with a place.
/// </summary>
public sealed class Template
{
    readonly TemplateOptions options;
    readonly Tree tree;
    readonly Expression? expression;

    Template(string text, TemplateOptions options, Tree tree, Expression? expression)
    {
        Text = text;
        this.options = options;
        this.tree = tree;
        this.expression = expression;
        Reads = expression is null ? tree.Reads
            : [.. tree.Reads.Where(r => r.Offset >= expression.Start && r.Offset < expression.End)];
    }

    /// <summary>The text as it was parsed.</summary>
    public string Text { get; }

    /// <summary>What is wrong with the text, in order of place. A template with problems can't be rendered.</summary>
    public IReadOnlyList<TemplateProblem> Problems => tree.Problems;

    /// <summary>Global names and the members read from them that are known without running, such as <c>message.scene</c>.</summary>
    public IReadOnlyList<TemplateRead> Reads { get; }

    /// <summary>The text is exactly one <c>{{ expression }}</c>, or was parsed as an expression: its value keeps its type.</summary>
    public bool IsExpression => expression is not null;

    /// <summary>The text has no code at all: it renders to itself.</summary>
    public bool IsPlainText => expression is null && Problems.Count == 0
        && (Text.Length == 0 || (tree.Root.Statements is [TextStatement only] && only.Text == Text));

    /// <summary>Where the expression stands in <see cref="Text"/>, which it shares with the whole it is a part of; null for a text with blocks.</summary>
    public (int Offset, int Length)? Span => expression is null ? null : (expression.Start, expression.End - expression.Start);

    /// <summary>An expression's operands of <c>&amp;&amp;</c> at the top, each an expression of its own; else this one alone.</summary>
    public IReadOnlyList<Template> Conjuncts
    {
        get
        {
            var parts = new List<Template>();
            Split(expression, parts);
            return parts.Count > 1 ? parts : [this];
        }
    }

    /// <summary>The two sides if the expression is <c>left == right</c>; else null.</summary>
    public (Template Left, Template Right)? Equality => expression is Binary { Operator: BinaryOperator.Equal } equality
        ? (Part(equality.Left), Part(equality.Right))
        : null;

    /// <summary>Parses a text with <c>{{ … }}</c> blocks. A bad text gives a template whose <see cref="Problems"/> is not empty.</summary>
    public static Template Parse(string text, TemplateOptions options)
    {
        var tree = Parser.ParseTemplate(text, options);
        return new(text, options, tree, tree.Expression);
    }

    /// <summary>Parses a text that is one expression without braces, such as <c>message.status == 'approved'</c>.</summary>
    public static Template ParseExpression(string text, TemplateOptions options)
    {
        var tree = Parser.ParseExpression(text, options);
        return new(text, options, tree, tree.Expression);
    }

    /// <summary>Renders the text.</summary>
    public TemplateResult Render(TemplateModel model, CancellationToken cancel) => Execute(model, isText: true, cancel);

    /// <summary>Evaluates an expression (<see cref="IsExpression"/>) to a value that keeps its type.</summary>
    public TemplateResult Evaluate(TemplateModel model, CancellationToken cancel) => Execute(model, expression is null, cancel);

    TemplateResult Execute(TemplateModel model, bool isText, CancellationToken cancel)
    {
        if (Problems.Count > 0)
        {
            return new() { Problem = Problems[0] };
        }

        var run = Run.Start(model, options, tree.Symbols, cancel);
        try
        {
            var value = isText ? run.Render(tree.Root, expression) : run.Evaluate(expression!); // only an expression is evaluated
            return new() { Value = value, PrintedBlanks = run.PrintedBlanks };
        }
        catch (Mistake mistake)
        {
            // A user's mistake leaves the door as a value.
            return new() { Problem = ParseProblems.Place(Text, TemplateStage.Render, mistake.Start, mistake.End, mistake.Message, mistake.Hint) };
        }
        finally
        {
            run.Finish();
        }
    }

    void Split(Expression? from, List<Template> parts)
    {
        if (from is Logical { IsAnd: true } both)
        {
            Split(both.Left, parts);
            Split(both.Right, parts);
        }
        else if (from is not null)
        {
            parts.Add(Part(from));
        }
    }

    Template Part(Expression part) => new(Text, options, tree, part);
}
