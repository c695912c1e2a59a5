using System.Globalization;
using System.Numerics;
using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Operations;

/// <summary>Values as text: at the top a text is itself, within lists and objects it stands in quotes.</summary>
static class Printer
{
    const int DeepestNesting = 50;

    /// <summary>The value's text is one word, not a dump of a list or object.</summary>
    public static bool IsSimple(Value value) => value.Kind is
        Kind.Null or Kind.Boolean or Kind.Integer or Kind.Big or Kind.Single or Kind.Double or Kind.Decimal
        or Kind.Text or Kind.Cell or Kind.Date or Kind.Span;

    public static string ToText(Run run, Value value, Node at)
    {
        switch (value.Reference)
        {
            case null:
                return "";
            case string text:
                return text;
            case Cell cell:
                return cell.Text;
        }

        var mark = run.Output.Length;
        Print(run, value, at);
        return run.TakeSince(mark, at).Text;
    }

    public static void Print(Run run, Value value, Node at)
    {
        switch (value.Kind)
        {
            case Kind.Null or Kind.Unset:
                return;
            case Kind.Text or Kind.Cell:
                run.Write(value.Text, at);
                return;
            case Kind.Integer:
                Number(run, value.Integer, default, at);
                return;
            default:
                PrintOther(run, value, at, 0);
                return;
        }
    }

    public static void PrintIndented(Run run, Value value, string indent, Node at)
    {
        var text = ToText(run, value, at).AsSpan();
        while (true)
        {
            var end = text.IndexOf('\n') + 1;
            if (end == 0 || end == text.Length)
            {
                run.Write(text, at);
                return;
            }

            run.Step(at);
            run.Write(text[..end], at);
            run.Write(indent, at);
            text = text[end..];
        }
    }

    static void Number<T>(Run run, T number, ReadOnlySpan<char> format, Node at)
        where T : ISpanFormattable
    {
        if (!run.Output.TryAppend(number, format))
        {
            throw RenderProblems.OutputTooLong(at, run.Limits.OutputLength);
        }
    }

    static void PrintOther(Run run, Value value, Node at, int depth)
    {
        switch (value.Kind)
        {
            case Kind.Boolean:
                run.Write(value.Boolean ? "true" : "false", at);
                break;
            case Kind.Integer:
                Number(run, value.Integer, default, at);
                break;
            case Kind.Double:
                run.Write(value.Double.ToString(CultureInfo.InvariantCulture), at);
                break;
            case Kind.Single:
                run.Write(value.Single.ToString(CultureInfo.InvariantCulture), at);
                break;
            case Kind.Decimal:
                run.Write(((decimal)value.Reference!).ToString(CultureInfo.InvariantCulture), at); // the kind says so
                break;
            case Kind.Big:
                run.Charge(((BigInteger)value.Reference!).GetByteCount(), at); // the kind says so
                run.Write(((BigInteger)value.Reference!).ToString(CultureInfo.InvariantCulture), at); // the kind says so
                break;
            case Kind.Date:
                run.Write(DateFunctions.Print(run, value.Date, at), at);
                break;
            case Kind.Span:
                run.Write(value.Span.ToString("c", CultureInfo.InvariantCulture), at);
                break;
            case Kind.List or Kind.DataList or Kind.Range:
                PrintList(run, value, at, depth);
                break;
            case Kind.Map or Kind.DataMap or Kind.Scope:
                PrintMap(run, value, at, depth);
                break;
            default:
                throw RenderProblems.NoText(at, value);
        }
    }

    static void PrintNested(Run run, Value value, Node at, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw RenderProblems.NestedTooDeep(at, DeepestNesting);
        }

        run.Step(at);
        switch (value.Kind)
        {
            case Kind.Null:
                run.Write("null", at);
                break;
            case Kind.Text or Kind.Cell:
                run.Write("\"", at);
                run.Write(Escapes.Escape(value.Text), at);
                run.Write("\"", at);
                break;
            default:
                PrintOther(run, value, at, depth);
                break;
        }
    }

    static void PrintList(Run run, Value list, Node at, int depth)
    {
        var count = Elements.Count(list) ?? 0;
        run.ChargeList(count, at);
        run.Write("[", at);
        for (long i = 0; i < count; i++)
        {
            run.Write(i == 0 ? "" : ", ", at);
            PrintNested(run, Elements.At(list, i), at, depth + 1);
        }

        run.Write("]", at);
    }

    static void PrintMap(Run run, Value map, Node at, int depth)
    {
        run.Write("{", at);
        var isFirst = true;
        foreach (var (name, value) in Members.All(run, map, at))
        {
            run.Write(isFirst ? "" : ", ", at);
            run.Write(Escapes.IsName(name) ? name : "\"" + Escapes.Escape(name) + "\"", at);
            run.Write(": ", at);
            PrintNested(run, value, at, depth + 1);
            isFirst = false;
        }

        run.Write("}", at);
    }
}
