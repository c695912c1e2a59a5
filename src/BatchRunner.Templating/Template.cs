namespace BatchRunner.Templating;

/// <summary>
/// A text in the Scriban language, parsed once and rendered many times. Immutable and safe to share between threads.
/// Nothing here throws for what a user wrote: mistakes come back as <see cref="TemplateProblem"/> with a place.
/// </summary>
public sealed class Template
{
    /// <summary>Parses a text with <c>{{ … }}</c> blocks. A bad text gives a template whose <see cref="Problems"/> is not empty.</summary>
    public static Template Parse(string text, TemplateOptions options) => throw new NotSupportedException();

    /// <summary>Parses a text that is one expression without braces, such as <c>message.status == 'approved'</c>.</summary>
    public static Template ParseExpression(string text, TemplateOptions options) => throw new NotSupportedException();

    /// <summary>The text as it was parsed.</summary>
    public string Text => throw new NotSupportedException();

    /// <summary>What is wrong with the text, in order of place. A template with problems can't be rendered.</summary>
    public IReadOnlyList<TemplateProblem> Problems => throw new NotSupportedException();

    /// <summary>Global names and the members read from them that are known without running, such as <c>message.scene</c>.</summary>
    public IReadOnlyList<TemplateRead> Reads => throw new NotSupportedException();

    /// <summary>The text is exactly one <c>{{ expression }}</c>, or was parsed as an expression: its value keeps its type.</summary>
    public bool IsExpression => throw new NotSupportedException();

    /// <summary>The text has no code at all: it renders to itself.</summary>
    public bool IsPlainText => throw new NotSupportedException();

    /// <summary>An expression's operands of <c>&amp;&amp;</c> at the top, each an expression of its own; else this one alone.</summary>
    public IReadOnlyList<Template> Conjuncts => throw new NotSupportedException();

    /// <summary>The two sides if the expression is <c>left == right</c>; else null.</summary>
    public (Template Left, Template Right)? Equality => throw new NotSupportedException();

    /// <summary>Renders the text.</summary>
    public TemplateResult Render(TemplateModel model, CancellationToken cancel) => throw new NotSupportedException();

    /// <summary>Evaluates an expression (<see cref="IsExpression"/>) to a value that keeps its type.</summary>
    public TemplateResult Evaluate(TemplateModel model, CancellationToken cancel) => throw new NotSupportedException();
}
