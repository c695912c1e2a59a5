using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace BatchRunner.Manifests.Yaml;

/// <summary>Builds the tree of a YAML file: one document of maps, lists and scalars, without anchors, aliases or tags.</summary>
sealed class YamlReader
{
    readonly SourceText source;
    readonly DiagnosticBag problems;
    readonly YamlEvents events;
    readonly HashSet<string> anchors = [];
    readonly HashSet<SourcePlace> told = [];
    int valueEnd;

    YamlReader(SourceText source, DiagnosticBag problems)
    {
        this.source = source;
        this.problems = problems;
        events = new(source, problems);
    }

    /// <summary>The document; null and problems if there is none or anything in it is not the language.</summary>
    public static Node? Read(SourceText source, DiagnosticBag problems)
    {
        DiagnosticBag found = [];
        var reader = new YamlReader(source, found);
        var root = reader.Document();
        if (root is null && !found.HasErrors)
        {
            // The parser has ways of its own to end early: what it leaves unread is never taken for read.
            found.Add(YamlProblems.Syntax(source.Place(
                reader.events.Position, reader.events.Position + 1), "this can't be read as YAML from here on", null));
        }


        // `{{ a }}` is told when it is read, and again with what follows it if the parser stops there.
        problems.AddRange(found.GroupBy(problem => (problem.Code, problem.Place?.Line, problem.Place?.Column))
            .Select(same => same.MaxBy(problem => problem.Place?.Length) ?? same.First()));
        return found.HasErrors ? null : root;
    }

    Node? Document()
    {
        Node? root = null;
        while (events.Next() is { } found)
        {
            switch (found)
            {
                case DocumentStart when root is not null:
                    problems.Add(YamlProblems.SecondDocument(Place(found)));
                    return null;
                case NodeEvent or AnchorAlias:
                    root = Value(found);
                    if (root is null)
                    {
                        return null;
                    }

                    break;
                case StreamEnd when root is null or NullNode:
                    problems.Add(YamlProblems.Empty(source.Place(0, 1)));
                    return null;
                case StreamEnd:
                    return root;
                default:
                    break;
            }
        }

        return null;
    }

    // Null: the events have ended and the problem is told.
    Node? Value(ParsingEvent found)
    {
        if (found is NodeEvent node)
        {
            CheckProperties(node);
        }

        var value = found switch
        {
            AnchorAlias alias => Alias(alias),
            Scalar scalar => ScalarValue(scalar),
            SequenceStart start => Sequence(start),
            MappingStart start => Mapping(start),
            _ => null,
        };
        valueEnd = Math.Max(valueEnd, At(found.End));
        return value;
    }

    void CheckProperties(NodeEvent node)
    {
        var start = At(node.Start);
        var rest = source.Text[start..Math.Max(start, source.LineEnd(source.LineIndex(start)))];
        if (!node.Tag.IsEmpty && rest.StartsWith('!'))
        {
            var tag = new string([.. rest.TakeWhile(c => c is not (' ' or '\t' or ',' or ']' or '}'))]);

            // An expression that begins with `not` is meant as text; `!!str` and `!include` are not.
            var text = tag.StartsWith("!!", StringComparison.Ordinal) || tag is "!include" || node is not Scalar
                ? null
                : Unquoted(rest);
            problems.Add(YamlProblems.Tag(source.Place(start, start + tag.Length), tag, text));
        }
        else if (!node.Anchor.IsEmpty)
        {
            var at = Math.Max(start, source.Text.IndexOf('&', start));
            anchors.Add(node.Anchor.Value);
            problems.Add(YamlProblems.Anchor(source.Place(at, at + 1 + node.Anchor.Value.Length), node.Anchor.Value));
        }
    }

    // The value as the user wrote it on its line, without a comment and what closes a flow around it.
    static string? Unquoted(string rest)
    {
        var comment = rest.IndexOf(" #", StringComparison.Ordinal);
        var text = (comment < 0 ? rest : rest[..comment]).TrimEnd();
        while (text.EndsWith('}') || text.EndsWith(']'))
        {
            text = text[..^1].TrimEnd();
        }

        return text.Length > 1 ? text : null;
    }

    NullNode Alias(AnchorAlias alias)
    {
        var place = Place(alias);
        told.Add(place);
        if (!anchors.Contains(alias.Value.Value))
        {
            problems.Add(YamlProblems.Alias(place, alias.Value.Value));
        }

        return new(place);
    }

    // Null: its escapes make no text.
    Node? ScalarValue(Scalar scalar)
    {
        var place = Place(scalar);
        var value = scalar.Style == ScalarStyle.Plain ? CoreScalar.Value(scalar.Value) : scalar.Value;
        if (value is null)
        {
            return new NullNode(place);
        }

        var map = new YamlScalarMap(
            source, At(scalar.Start), At(scalar.End), Form(scalar.Style));
        if (scalar.Style == ScalarStyle.DoubleQuoted && !HasWholeEscapes(scalar, map))
        {
            problems.Add(YamlProblems.Syntax(
                place, "an escape in this text is half of a character", "write both halves: `\\ud83d\\ude00`"));
            return null;
        }

        return new ScalarNode(place, scalar.Value, value, map);
    }

    // The scanner takes the second half of a pair for whatever it is.
    bool HasWholeEscapes(Scalar scalar, YamlScalarMap map)
    {
        var written = source.Text.AsSpan(At(scalar.Start)..At(scalar.End));
        return !written.Contains("\\u", StringComparison.OrdinalIgnoreCase) || map.Spans(scalar.Value) is not null;
    }

    static ScalarForm Form(ScalarStyle style) => style switch
    {
        ScalarStyle.SingleQuoted => ScalarForm.SingleQuoted,
        ScalarStyle.DoubleQuoted => ScalarForm.DoubleQuoted,
        ScalarStyle.Literal => ScalarForm.Literal,
        ScalarStyle.Folded => ScalarForm.Folded,
        _ => ScalarForm.Plain,
    };

    ListNode? Sequence(SequenceStart start)
    {
        List<Node> items = [];
        while (events.Next() is { } found)
        {
            if (found is SequenceEnd)
            {
                return new(Closed(start, found, start.Style == SequenceStyle.Flow), items);
            }

            if (!IsSeparated(start.Style == SequenceStyle.Flow
                && items.Count > 0, found, ',') || Value(found) is not { } item)
            {
                return null;
            }

            items.Add(item);
        }

        return null;
    }

    Node? Mapping(MappingStart start)
    {
        var isFlow = start.Style == MappingStyle.Flow;
        var at = At(start.Start);
        var hasBraces = isFlow && at + 1 < source.Text.Length && source.Text[at + 1] == '{';
        var isNext = false;
        List<MapEntry> entries = [];
        Dictionary<string, SourcePlace> places = new(StringComparer.Ordinal);
        while (events.Next() is { } found)
        {
            if (found is MappingEnd)
            {
                var place = Closed(start, found, isFlow);
                if (!hasBraces)
                {
                    return new MapNode(place, entries);
                }

                told.Add(place);
                problems.Add(
                    YamlProblems.UnquotedBraces(place, source.Text[at..At(found.Start)].TrimEnd() + "}"));
                return new NullNode(place);
            }

            if (!IsSeparated(isFlow
                && isNext, found, ',') || Value(found) is not { } key || events.Next() is not { } next)
            {
                return null;
            }

            isNext = true;

            if (next is MappingEnd)
            {
                // The parser ends a map between a key and its value if a line begins with `:`.
                problems.Add(
                    YamlProblems.Syntax(key.Place, "a key or its value is missing here", "write `key: value`"));
                return null;
            }

            if (!IsSeparated(isFlow && next is not Scalar { Value: "" }, next, ':') || Value(next) is not { } value)
            {
                return null;
            }

            if (!hasBraces && KeyText(key) is { } text)
            {
                if (places.TryGetValue(text, out var first))
                {
                    problems.Add(YamlProblems.DuplicateKey(key.Place, text, first));
                }
                else
                {
                    places.Add(text, key.Place);
                    entries.Add(new(text, key.Place, value));
                }
            }
        }

        return null;
    }

    // The parser reads on where a comma or a colon is missing between brackets, and may take one value for two.
    bool IsSeparated(bool isWanted, ParsingEvent found, char by)
    {
        var start = At(found.Start);
        if (!isWanted || source.Text.AsSpan(valueEnd..Math.Max(valueEnd, start)).Contains(by))
        {
            return true;
        }

        problems.Add(YamlMistakes.Unseparated(source, start, by));
        return false;
    }

    // Null: the key is refused, and told.
    string? KeyText(Node key)
    {
        switch (key)
        {
            case ScalarNode { Text: "<<", Map: YamlScalarMap { Form: ScalarForm.Plain } }:
                problems.Add(YamlProblems.MergeKey(key.Place));
                return null;
            case ScalarNode { IsText: true } scalar:
                return scalar.Text;
            case ScalarNode scalar:
                problems.Add(YamlProblems.KeyNotText(
                    key.Place, Shape.Kinds.Of(scalar), $"write it in quotes: `\"{scalar.Text}\"`"));
                return null;
            case NullNode:
                // An alias or unquoted braces were told already; a blank key was not.
                if (!told.Contains(key.Place))
                {
                    problems.Add(YamlProblems.KeyNotText(key.Place, "blank", "write a name before the `:`"));
                }

                return null;
            default:
                problems.Add(YamlProblems.KeyNotText(
                    key.Place, key is MapNode ? "a map" : "a list", "put it in quotes if text is meant"));
                return null;
        }
    }

    // The scanner's marks may lie behind the end.
    int At(in Mark mark) => Math.Min(YamlEvents.Index(mark), source.Text.Length);

    SourcePlace Place(ParsingEvent found) => source.Place(At(found.Start), At(found.End));

    // A flow collection's place is all of it, a block's its first character.
    SourcePlace Closed(ParsingEvent start, ParsingEvent end, bool isFlow)
    {
        var at = At(start.Start);
        return source.Place(at, isFlow ? At(end.Start) + 1 : at + 1);
    }
}
