using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.Manifests;
using BatchRunner.Manifests.Files;
using BatchRunner.Manifests.Yaml;

namespace BatchRunner.Tests.Manifests;

public sealed class ScalarMapSpecs
{
    [Theory]
    [InlineData("k: ab cd", "cd", 1, 7, 2)]
    [InlineData("k: ab\n  cd", "cd", 2, 3, 2)]
    [InlineData("k: 'it''s {{ x }}'", "{{ x }}", 1, 11, 7)]
    [InlineData("k: \"a\\tb {{ x }}\"", "{{ x }}", 1, 10, 7)]
    [InlineData("k: \"\\u00e9\\\n   {{ x }}\"", "{{ x }}", 2, 4, 7)]
    [InlineData("k: |\n  one\n  {{ x }}\n", "{{ x }}", 3, 3, 7)]
    [InlineData("k: >-\n  one\n  {{ x }}\n", "{{ x }}", 3, 3, 7)]
    [InlineData("k: |2\n    one\n  {{ x }}\n", "{{ x }}", 3, 3, 7)]
    [InlineData("k: |\r\n  one\r\n  {{ x }}\r\n", "{{ x }}", 3, 3, 7)]
    [InlineData("k: \"\\ud83d\\ude00 {{ x }}\"", "{{ x }}", 1, 18, 7)]
    [InlineData("k: \"a \\\"{{ x", "{{ x", 1, 9, 4, "\"")]
    public void A_part_of_a_value_has_its_place_in_the_file(
        string yaml, string part, int line, int column, int length, string tail = "")
    {
        var scalar = Scalar(yaml + tail);
        var place = scalar.At(scalar.Text.IndexOf(part, StringComparison.Ordinal), part.Length);

        Assert.Equal((line, column, length), (place.Line, place.Column, place.Length));
    }

    [Fact]
    public void A_part_that_runs_over_lines_is_underlined_to_the_end_of_its_first()
    {
        var scalar = Scalar("k: |\n  a {{ x\n  y }}\n");
        var place = scalar.At(2, scalar.Text.Length - 3);

        Assert.Equal((2, 5, 4), (place.Line, place.Column, place.Length));
    }

    [Theory]
    [InlineData(0, "plain")]
    [InlineData(1, "single")]
    [InlineData(2, "double")]
    [InlineData(3, "block")]
    public void Each_character_of_any_scalar_comes_from_the_source_that_makes_it(int seed, string style)
    {
        var random = new Random(seed);
        var checkedCount = 0;
        for (var round = 0; round < 6_000; round++)
        {
            var yaml = "top:\n  - k: " + Source(random, style);
            var source = new SourceText(new("t.yaml", "t.yaml"), yaml);
            if (YamlReader.Read(source, []) is MapNode { Entries: [{ Value: ListNode { Items: [MapNode { Entries: [{ Value: ScalarNode scalar }] }] } }] })
            {
                var spans = ((YamlScalarMap)scalar.Map).Spans(scalar.Text);
                Assert.True(spans is not null, $"round {round}: not read again: {Show(yaml)} -> {Show(scalar.Text)}");
                for (var i = 0; i < spans.Count; i++)
                {
                    Assert.True(
                        Makes(yaml[spans[i].Start..spans[i].End], scalar.Text[i]),
                        $"round {round}, character {i}: {Show(yaml)}");
                }

                checkedCount++;
            }
        }

        Assert.InRange(checkedCount, 1_000, 6_000);
    }

    static bool Makes(string written, char value) =>
        written == value.ToString()
        || (written is "\n" or "\r" or "\r\n" && value is ' ' or '\n')
        || (written == "''" && value == '\'')
        || (written.Length >= 2 && written[0] == '\\');

    static string Source(Random random, string style)
    {
        string[] pieces = style switch
        {
            "plain" => ["a", "b", " ", "  ", "\n    ", "\n\n     ", "\r\n    ", "#", "'", "\"", "-", "{{ x }}", "é", "😀", "\t", ":c"],
            "single" =>
                ["a", " ", "\n    ", "\n", "\n\n  \t  ", "\r\n   ", "''", "\"", "\\", "#", ": ", "😀", "\t", "  "],
            "double" => ["a", " ", "\n    ", "\n\n     ", "\r\n    ", "\\\n    ", "\\\n\n    ", "\\\"", "\\\\", "\\n", "\\x41", "\\u00e9",
                "\\U0001F600", "\\ud83d\\ude00", "\\t", "\\ ", "'", "# ", "😀", "\t"],
            _ => ["a", " ", "    ", "\n", "\n    ", "\n    ", "\n      ", "\n     b", "\r\n    ", "\t", "#", "😀", "{{ x }}", "\n  "],
        };
        var text = new StringBuilder(style switch { "plain" => "p", "single" => "'", "double" => "\"", _ => "" });
        if (style == "block")
        {
            text.Append(random.Next(2) == 0 ? '|' : '>');
            string[] indicators = ["", "-", "+", "2", "1", "3", "2-", "+2", "-1", " # + note"];
            text.Append(indicators[random.Next(indicators.Length)]).Append(random.Next(6) == 0
                ? "\n\n"
                : "\n").Append(' ', 4);
        }

        for (var i = random.Next(14); i > 0; i--)
        {
            text.Append(pieces[random.Next(pieces.Length)]);
        }

        text.Append(style switch { "single" => "'", "double" => "\"", _ => "" });
        return text.Append(random.Next(3) == 0 ? "" : "\n").ToString();
    }

    static ScalarNode Scalar(string yaml)
    {
        DiagnosticBag problems = [];
        var root = YamlReader.Read(new(new("t.yaml", "t.yaml"), yaml), problems);
        Assert.Empty(problems);
        return Assert.IsType<ScalarNode>(Assert.IsType<MapNode>(root).Entries[0].Value);
    }

    static string Show(string text) =>
        text.Replace("\r", "␍", StringComparison.Ordinal).Replace("\n", "␤", StringComparison.Ordinal);
}
