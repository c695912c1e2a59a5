using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary><c>regex</c>: regular expressions under one time limit for the whole render, without backtracking where that is possible.</summary>
static class RegexFunctions
{
    const int LongestPattern = 1_000;
    const int LongestText = 32_768;

    public static Builtin[] All { get; } =
    [
        new("escape", "pattern", a => a[0].IsNull ? Value.Null : a.Made(Regex.Escape(a.Text(0)))),
        new("match", "text pattern options?", a => Use(a, 2, (regex, text, a) => Groups(a, regex.Match(text)))),
        new("matches", "text pattern options?", a => Use(a, 2, Matches)),
        new("replace", "text pattern replace options?", a => Use(a, 3, Replace)),
        new("split", "text pattern options?", a => Use(a, 2, Split)),
        new("unescape", "pattern", Unescape),
    ];

    delegate Value Usage(Regex regex, string text, Arguments a);

    static Value Use(Arguments a, int optionsAt, Usage usage)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        var text = a.Text(0);
        if (text.Length > LongestText)
        {
            throw RenderProblems.TextTooLong(a.At(0), text.Length, LongestText);
        }

        a.Run.Charge((text.Length >> 3) + 20, a.Node);
        var budget = a.Run.Regexes;
        var since = TimeProvider.System.GetTimestamp();
        try
        {
            return usage(RegexFor(a, budget, a.Text(1), Options(a, optionsAt)), text, a);
        }
        catch (RegexMatchTimeoutException)
        {
            // The engine has no other way to stop.
            throw RenderProblems.RegexTooSlow(a.At(1), budget.Limit);
        }
        finally
        {
            budget.Spend(since);
        }
    }

    static RegexOptions Options(Arguments a, int index)
    {
        var options = RegexOptions.CultureInvariant;
        foreach (var c in a.TextOr(index, ""))
        {
            options |= c switch
            {
                'i' => RegexOptions.IgnoreCase,
                'm' => RegexOptions.Multiline,
                's' => RegexOptions.Singleline,
                'x' => RegexOptions.IgnorePatternWhitespace,
                _ => throw RenderProblems.BadText(a.At(index), a.Text(index), "made of the options `i`, `m`, `s` and `x`"),
            };
        }

        return options;
    }

    static Regex RegexFor(Arguments a, RegexBudget budget, string pattern, RegexOptions options)
    {
        if (budget.Left <= TimeSpan.Zero)
        {
            throw RenderProblems.RegexTooSlow(a.At(1), budget.Limit);
        }

        if (budget.Find(pattern, options) is { } known)
        {
            return known;
        }

        a.Run.Charge(200, a.Node);
        if (pattern.Length > LongestPattern)
        {
            throw RenderProblems.TextTooLong(a.At(1), pattern.Length, LongestPattern);
        }

        try
        {
            return budget.Keep(pattern, options, New(pattern, options, budget.Timeout));
        }
        catch (ArgumentException)
        {
            // The parser of patterns has no other way to say that it can't read one.
            throw RenderProblems.BadPattern(a.At(1), pattern);
        }
    }

    static Regex New(string pattern, RegexOptions options, TimeSpan left)
    {
        try
        {
            return new(pattern, options | RegexOptions.NonBacktracking, left);
        }
        catch (NotSupportedException)
        {
            // Looking around and back-references need backtracking; the time limit holds there too.
            return new(pattern, options, left);
        }
    }

    static Value Groups(Arguments a, Match match)
    {
        var list = new ListValue();
        if (match.Success)
        {
            a.Run.Charge(match.Groups.Count, a.Node);
            foreach (Group group in match.Groups)
            {
                a.Run.AddTo(list, a.Made(group.Value), a.Node);
            }
        }

        return Value.Of(list);
    }

    static Value Matches(Regex regex, string text, Arguments a)
    {
        var all = new ListValue();
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            a.Run.Charge(10, a.Node);
            a.Run.AddTo(all, Groups(a, match), a.Node);
        }

        return Value.Of(all);
    }

    static Value Replace(Regex regex, string text, Arguments a)
    {
        var replacement = a.Text(2);
        var substitutions = replacement.Count(c => c == '$');
        a.Run.ChargeText(replacement.Length + ((long)substitutions * text.Length), a.At(2));
        var result = new StringBuilder();
        var copied = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            a.Run.Charge(10, a.Node);
            var inserted = substitutions == 0 ? replacement : match.Result(replacement);
            result.Append(text, copied, match.Index - copied).Append(inserted);
            copied = match.Index + match.Length;
            a.Run.ChargeText(inserted.Length, a.Node);
            if (result.Length > a.Run.Limits.OutputLength)
            {
                throw RenderProblems.TextTooLong(a.Node, result.Length, a.Run.Limits.OutputLength);
            }
        }

        return a.Made(result.Append(text, copied, text.Length - copied).ToString());
    }

    static Value Split(Regex regex, string text, Arguments a)
    {
        var list = new ListValue();
        var copied = 0;
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            a.Run.Charge(10, a.Node);
            a.Run.AddTo(list, a.Made(text[copied..match.Index]), a.Node);
            for (var i = 1; i < match.Groups.Count; i++)
            {
                if (match.Groups[i].Success)
                {
                    a.Run.AddTo(list, a.Made(match.Groups[i].Value), a.Node);
                }
            }

            copied = match.Index + match.Length;
        }

        a.Run.AddTo(list, a.Made(text[copied..]), a.Node);
        return Value.Of(list);
    }

    static Value Unescape(Arguments a)
    {
        if (a[0].IsNull)
        {
            return Value.Null;
        }

        try
        {
            return a.Made(Regex.Unescape(a.Text(0)));
        }
        catch (ArgumentException)
        {
            // The parser of patterns has no other way to say that it can't read one.
            throw RenderProblems.BadPattern(a.At(0), a.Text(0));
        }
    }
}
