using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BatchRunner.Manifests.Yaml;

/// <summary>
/// The events of a YAML text, one by one, within bounds. The parser keeps its own stack, so nothing here recurses; who builds
/// a tree from the events recurses at most <see cref="MaxDepth"/> deep. It ends at the first problem that stops reading.
/// </summary>
sealed class YamlEvents(SourceText source, DiagnosticBag problems)
{
    public const int MaxDepth = 32;
    public const int MaxEvents = 50_000;
    public const int MaxScalar = 64 * 1024;

    readonly Scanner scanner = new(new StringReader(source.Text), skipComments: true);
    readonly Stack<int> openFlows = [];
    Parser? parser;
    int depth;
    int count;

    /// <summary>How far the text was read.</summary>
    public int Position => Index(scanner.CurrentPosition);

    /// <summary>The next event; null at the end, or after a problem.</summary>
    public ParsingEvent? Next()
    {
        parser ??= new(scanner);
        try
        {
            if (parser.MoveNext() && parser.Current is { } found)
            {
                return Within(found);
            }
        }
        catch (YamlException error)
        {
            problems.Add(YamlMistakes.Explain(
                source, error.Message, Index(error.Start), Position, openFlows));
        }
        catch (Exception error) when (
            error is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The scanner's own slips on odd input, such as a bracket closed by indentation: the text is still at fault.
            problems.Add(YamlMistakes.Explain(
                source, "", Position, Position, openFlows));
        }

        return null;
    }

    public static int Index(in Mark mark) => (int)mark.Index;

    ParsingEvent? Within(ParsingEvent found)
    {
        count++;
        switch (found)
        {
            case MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow }:
                openFlows.Push(Index(found.Start));
                depth++;
                break;
            case MappingStart or SequenceStart:
                openFlows.Push(-1);
                depth++;
                break;
            case MappingEnd or SequenceEnd:
                openFlows.TryPop(out _);
                depth--;
                break;
            default:
                break;
        }

        var place = source.Place(Index(found.Start), Index(found.Start) + 1);
        if (depth > MaxDepth)
        {
            problems.Add(YamlProblems.TooDeep(place, MaxDepth));
            return null;
        }

        if (count > MaxEvents)
        {
            problems.Add(YamlProblems.TooMany(place, MaxEvents));
            return null;
        }

        if (found is Scalar { Value.Length: > MaxScalar } scalar)
        {
            problems.Add(YamlProblems.TooLong(place, scalar.Value.Length, MaxScalar));
            return null;
        }

        return found;
    }
}
