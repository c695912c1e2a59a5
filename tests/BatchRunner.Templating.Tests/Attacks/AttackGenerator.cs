using System.Text;

namespace BatchRunner.Templating.Attacks;

/// <summary>Makes hostile templates from a seed: by a grammar of dangerous pieces, by mutating known ones, and as word soup.</summary>
sealed class AttackGenerator(int seed, IReadOnlyList<string> known)
{
    static readonly string[] words =
    [
        "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "{", "}", "(", ")", "[", "]", ".", "..", "..<", "?.", "??", "?!", "?", ":",
        ";", ",", "|", "||", "&&", "!", "=", "==", "!=", "<", "<=", ">", ">=", "<<", ">>", "+", "-", "*", "/", "//", "%", "+=", "*=",
        "++", "--", "@", "^", "$", "$$", "$0", "$x", "$\"", "\"", "'", "`", "#", "##", "\\", "\n", " ", "if", "else", "end", "for", "in",
        "while", "case", "when", "func", "do", "ret", "break", "continue", "capture", "with", "wrap", "readonly", "import", "this", "null",
        "true", "false", "empty", "x", "y", "f", "row", "data", "string", "array", "math", "object", "regex", "date", "1", "0", "1.5",
        "9999999999999999999", "1e30", "0xff", "reversed", "limit:", "offset:", "for.index", "tablerow", "empty?",
    ];

    static readonly string[] functions =
    [
        "string.upcase", "string.append x", "string.pad_left 5000", "string.replace 'a' x", "string.split ','", "string.slice 1", "string.md5",
        "string.truncate 10", "string.base64_encode", "string.escape", "string.capitalizewords", "string.to_int", "string.size", "array.join x",
        "array.add x", "array.concat x", "array.sort", "array.uniq", "array.each @f", "array.filter @f", "array.map 'a'", "array.reverse",
        "array.insert_at 100 x", "array.cycle", "array.contains x", "array.any @f", "math.plus 1", "math.times x", "math.format 'N50'",
        "math.round 5", "math.abs", "math.divided_by 3", "object.to_json", "object.from_json", "object.keys", "object.values", "object.size",
        "object.typeof", "object.default x", "object.format 'X9'", "regex.match '(a+)+$'", "regex.replace 'a' '$_$_'", "regex.split ''",
        "regex.matches `(.)(?=.*\\1)`", "html.escape", "html.strip", "html.url_encode", "date.parse", "date.add_days x",
        "date.to_string '%c%v%s'", "timespan.from_days", "f", "f x", "@f", "x", "array.size", "string.literal", "object.has_key x",
    ];

    static readonly string[] operators =
        ["+", "-", "*", "/", "//", "%", "<<", ">>", "==", "!=", "<", ">=", "&&", "||", "??", "?!", "..", "..<"];

    readonly Random random = new(seed);

    public string Next() => random.Next(10) switch
    {
        < 6 => Program(),
        < 9 => Mutant(),
        _ => Soup(),
    };

    string Program()
    {
        var text = new StringBuilder("{{ x = " + Atom() + "; y = " + Atom() + "; func f; " + Statement(2) + "; ret " + Expression(2) + "; end; ");
        var count = random.Next(1, 7);
        for (var i = 0; i < count; i++)
        {
            text.Append(Statement(3)).Append("; ");
        }

        return text.Append("x; y }}").ToString();
    }

    string Statement(int depth)
    {
        var name = Pick("x", "y", "z", "$a", "x.a", "y[0]", "x[y]");
        return (depth == 0 ? random.Next(4) : random.Next(16)) switch
        {
            0 => $"{name} = {Expression(depth)}",
            1 => $"{name} {Pick("+=", "-=", "*=", "/=", "//=", "%=")} {Expression(depth)}",
            2 => Expression(depth),
            3 => $"{Pick("++", "--")}{name}",
            4 or 5 => $"for {Pick("i", "x", "$i")} in {Pick("1..1000", "x", "y", "(1..50)", Expression(1))}; {Statement(depth - 1)}; {Statement(depth - 1)}; end",
            6 => $"i = 0; while {Pick("true", "i < 900", "x")}; i += 1; {Statement(depth - 1)}; end",
            7 => $"if {Expression(depth - 1)}; {Statement(depth - 1)}; else; {Statement(depth - 1)}; end",
            8 => $"capture {name}; {Statement(depth - 1)}; end",
            9 => $"with {Pick("x", "y", "{a: 1}", "this", "data")}; {Statement(depth - 1)}; end",
            10 => $"case {Expression(1)}; when {Expression(1)}, {Expression(1)}; {Statement(depth - 1)}; else; {Statement(depth - 1)}; end",
            11 => $"func f{Pick("", "(x)", "(x, y = 1)", "(x...)")}; {Statement(depth - 1)}; ret {Expression(1)}; end",
            12 => $"wrap f {Atom()}; {Statement(depth - 1)}; end",
            13 => $"x.a = x; x[0] = x; y = x",
            14 => Pick("import x", "readonly x", "ret", "break", "continue", "$$", "import data"),
            _ => $"x = x {Pick("+", "*", "<<")} {Pick("x", "y", "5")}",
        };
    }

    string Expression(int depth) => (depth <= 0 ? 0 : random.Next(11)) switch
    {
        0 or 1 => Atom(),
        2 or 3 => $"{Expression(depth - 1)} {Pick(operators)} {Expression(depth - 1)}",
        4 or 5 or 6 => $"{Expression(depth - 1)} | {Pick(functions)}",
        7 => $"({Expression(depth - 1)})",
        8 => $"[{Expression(depth - 1)}, {Expression(depth - 1)}]",
        9 => $"{{a: {Expression(depth - 1)}, b: {Expression(depth - 1)}}}",
        _ => $"{Expression(depth - 1)} ? {Expression(depth - 1)} : {Expression(depth - 1)}",
    };

    string Atom() => Pick(
        "1", "0", "-1", "255", "9223372036854775807", "1e60", "1.5", "1.0e300", "0.1m", "2f", "\"\"", "\"abc\"", "\"a,b,c\"", "(\"a\" * 5000)",
        "\"2016-01-01\"", "\"{\\\"a\\\":[1]}\"", "`(a+)+$`", "$\"{x}{y}\"", "null", "true", "[]", "[1,2,3]", "{}", "{a: 1, b: [2]}", "(1..1000)",
        "(1..100000000000)", "x", "y", "x.a", "x[0]", "x.size", "@f", "f", "f(x)", "$0", "$", "this", "empty", "do; ret $0; end", "data.a",
        "row.seconds", "row", "row.id", "data", "list", "list[-1]", "x?.a?.b", "(f x)", "\"x\"[0]", "x.empty?", "for.index",
        "(\"2016-01-01\" | date.parse)", "(timespan.from_days 3)");

    string Mutant()
    {
        var text = new StringBuilder(known[random.Next(known.Count)]);
        if (text.Length > 4000)
        {
            text.Length = 4000;
        }

        for (var i = random.Next(1, 6); i > 0 && text.Length > 0; i--)
        {
            var at = random.Next(text.Length);
            _ = random.Next(4) switch
            {
                0 => text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at)),
                1 => text.Insert(at, Pick(words)),
                2 => text.Insert(at, Expression(2)),
                _ => text.Insert(random.Next(text.Length), text.ToString(at, Math.Min(random.Next(1, 30), text.Length - at))),
            };
        }

        return text.ToString();
    }

    string Soup()
    {
        var text = new StringBuilder(random.Next(3) == 0 ? "" : "{{ ");
        for (var i = random.Next(1, 60); i > 0; i--)
        {
            text.Append(Pick(words)).Append(random.Next(3) == 0 ? "" : " ");
        }

        return text.ToString();
    }

    string Pick(params ReadOnlySpan<string> choices) => choices[random.Next(choices.Length)];
}
