using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Templates;

/// <summary>Every template of a manifest, parsed and checked once against the names it may read.</summary>
sealed class TemplateSet(Scope scope, DiagnosticBag problems)
{
    readonly Dictionary<ScalarNode, TemplateText?> parsed = new(ReferenceEqualityComparer.Instance);

    /// <summary>Every template that was asked for and is right.</summary>
    public IEnumerable<TemplateText> All => parsed.Values.OfType<TemplateText>();

    /// <summary>The template of a text; null if it was found wrong, which was told.</summary>
    /// <param name="node">The text.</param>
    /// <param name="names">Names it may read beside axes, constants and `template`.</param>
    public TemplateText? Text(ScalarNode node, params ReadOnlySpan<string> names) =>
        Known(node, out var known) ? known : Checked(node, Template.Parse(node.Text, TemplateOptions.Batch), names);

    /// <summary>The same of a text that is one expression without braces.</summary>
    public TemplateText? Expression(ScalarNode node) =>
        Known(node, out var known) ? known : Checked(node, Template.ParseExpression(node.Text, TemplateOptions.Batch), []);

    /// <summary>The same of `output`, whose own slashes are marked.</summary>
    public TemplateText? Output(ScalarNode node) =>
        Known(node, out var known)
            ? known
            : Checked(node, Template.Parse(OutputPath.Marked(node.Text), TemplateOptions.Batch), ["take", "id"]);

    bool Known(ScalarNode node, out TemplateText? known) => parsed.TryGetValue(node, out known);

    TemplateText? Checked(ScalarNode node, Template template, ReadOnlySpan<string> names)
    {
        var text = new TemplateText(node, template);
        foreach (var problem in template.Problems)
        {
            problems.Add(TemplateProblems.InTemplate(text, problem));
        }

        var isRight = template.Problems.Count == 0 && scope.Check(text, names, problems);
        return parsed[node] = isRight ? text : null;
    }
}
