using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Texts that are joined and repeated.</summary>
static class Texts
{
    public static Value Join(Run run, Value a, Value b, Node at)
    {
        var (left, right) = (Printer.ToText(run, a, at), Printer.ToText(run, b, at));
        run.ChargeText((long)left.Length + right.Length, at);
        return Value.Of(string.Concat(left, right));
    }

    public static Value Repeat(Run run, Value a, Value b, Binary at)
    {
        var (text, count) = a.IsText ? (a, b) : (b, a);
        if (!count.IsNumber)
        {
            throw RenderProblems.NoSuchOperation(at, a, b);
        }

        var times = Math.Max(0, Elements.ToInteger(count, at));
        if (times == 0 || text.Text.Length == 0)
        {
            return Value.EmptyText;
        }

        run.ChargeText((long)Int128.Min((Int128)text.Text.Length * times, long.MaxValue), at);
        return Value.Of(string.Create(text.Text.Length * (int)times, text.Text, static (span, one) =>
        {
            for (var i = 0; i < span.Length; i += one.Length)
            {
                one.CopyTo(span[i..]);
            }
        }));
    }
}
