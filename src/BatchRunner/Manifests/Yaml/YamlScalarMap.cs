using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Yaml;

/// <summary>How a scalar is written.</summary>
enum ScalarForm
{
    Plain,
    SingleQuoted,
    DoubleQuoted,
    Literal,
    Folded,
}

/// <summary>Finds a value's characters in a YAML file by reading the scalar's own source again, only when asked.</summary>
sealed class YamlScalarMap(SourceText source, int start, int end, ScalarForm form) : ScalarMap
{
    public ScalarForm Form => form;

    public override SourcePlace Place(ScalarNode scalar, int offset, int length)
    {
        var spans = Spans(scalar.Text);
        if (spans is null || spans.Count == 0)
        {
            return scalar.Place;
        }

        if (offset >= spans.Count)
        {
            var last = spans[^1];
            return source.Place(last.Start, last.End);
        }

        var first = Math.Max(0, offset);
        var final = Math.Clamp(offset + length - 1, first, spans.Count - 1);
        return source.Place(spans[first].Start, spans[final].End);
    }

    /// <summary>What of the source made each character of the value; null if the source doesn't give this value.</summary>
    internal IReadOnlyList<SourceSpan>? Spans(string value)
    {
        var trace = form switch
        {
            ScalarForm.Plain or ScalarForm.SingleQuoted or ScalarForm.DoubleQuoted =>
                FlowTrace.Read(source.Text, start, end, form),
            _ => BlockTrace.Read(source.Text, start, end, form, value),
        };
        return trace?.Matches(value) == true ? trace.Spans : null;
    }
}
