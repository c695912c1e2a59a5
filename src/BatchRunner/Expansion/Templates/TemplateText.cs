using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Templates;

/// <summary>A text of the manifest with its parsed template.</summary>
sealed class TemplateText(ScalarNode node, Template template)
{
    public ScalarNode Node { get; } = node;

    public Template Template { get; } = template;

    /// <summary>Where a part of the text stands.</summary>
    public SourcePlace At(int offset, int length) => Node.At(offset, Math.Max(length, 1));

    /// <summary>Whether it reads a global name.</summary>
    public bool ReadsName(string name)
    {
        foreach (var read in Template.Reads)
        {
            if (read.Name == name)
            {
                return true;
            }
        }

        return false;
    }
}
