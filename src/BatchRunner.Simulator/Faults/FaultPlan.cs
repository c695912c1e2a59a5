using System.Globalization;
using System.Text.RegularExpressions;

namespace BatchRunner.Simulator.Faults;

/// <summary>What goes wrong, where and how often: `post:rst-after=0.2, dl:cut=3%, task:failed:INTERNAL=#4`.</summary>
sealed partial record FaultPlan(IReadOnlyList<FaultRule> Rules)
{
    static readonly string[] Answers =
    [
        "rst", "fin", "half", "hang", "drip", "400", "401", "404", "408", "409", "413", "429", "500", "502", "503", "504",
        "html", "badjson", "noid", "newshape", "307",
    ];

    // The API says these before it does anything; and so does a server that sheds load.
    static readonly string[] OnlyBefore = ["400", "401", "404", "413", "429"];
    static readonly string[] UsuallyBefore = ["408", "409", "502", "503", "307"];

    static readonly Dictionary<string, string[]> VerbsByPlace = new()
    {
        ["post"] = Answers,
        ["get"] = Answers,
        ["delete"] = Answers,
        ["org"] = Answers,
        ["upload"] = Answers,
        ["storage"] = ["rst", "fin", "hang", "403", "500", "503"],
        ["dl"] =
        [
            "cut", "cut-nolen", "wrong", "zero", "403", "404", "500", "503", "redirect", "endless", "gzip", "drip", "rst",
            "hang",
        ],
        ["task"] = ["stuck-pending", "stuck-throttled", "failed", "cancelled", "backwards", "empty-output", "slow"],
        ["account"] = ["revoke", "credits", "dailycap", "tier"],
    };

    static readonly string[] NeedArgument = ["failed", "redirect"];

    /// <summary>Nothing goes wrong.</summary>
    public static FaultPlan None { get; } = new([]);

    /// <summary>Reads a plan; rules are separated by commas, semicolons or line ends, and `#` at a line's start is a remark.</summary>
    /// <param name="text">The plan.</param>
    /// <param name="problem">What is wrong with it, in the product's voice; null if nothing is.</param>
    public static FaultPlan? Parse(string text, out string? problem)
    {
        var rules = new List<FaultRule>();
        foreach (var line in text.Split('\n').Where(line => !line.TrimStart().StartsWith('#')))
        {
            foreach (var rule in line.Split(',', ';').Select(part => part.Trim()).Where(part => part.Length > 0))
            {
                if (Rule(rule, out problem) is not { } read)
                {
                    return null;
                }

                rules.Add(read);
            }
        }

        problem = null;
        return new FaultPlan(rules);
    }

    public override string ToString() => string.Join(", ", Rules.Select(Write));

    static string Write(FaultRule rule) => rule.Place == "account"
        ? $"account:{(rule.Fault.Verb == "revoke" ? rule.Fault.ToString() : $"{rule.Fault.Verb}={rule.Fault.Argument}")}"
        : $"{rule.Place}:{rule.Fault}{(rule.Place is "dl" or "task" or "storage" ? "" : rule.Fault.IsAfter ? "-after" : "-before")}={rule.When.Text}";

    static FaultRule? Rule(string text, out string? problem)
    {
        var match = Shape().Match(text);
        if (!match.Success)
        {
            problem = $"`{text}` is not a fault, expected `place:verb=rate` such as `post:rst-after=0.2`";
            return null;
        }

        var (place, verb) = (match.Groups["place"].Value, match.Groups["verb"].Value);
        if (!VerbsByPlace.TryGetValue(place, out var verbs))
        {
            problem = $"`{place}` is no place for a fault, expected one of {string.Join(", ", VerbsByPlace.Keys)}";
            return null;
        }

        if (!verbs.Contains(verb))
        {
            problem = $"`{verb}` does not happen to `{place}`, expected one of {string.Join(", ", verbs)}";
            return null;
        }

        var argument = match.Groups["argument"] is { Success: true } found ? found.Value : null;
        var when = match.Groups["when"] is { Success: true } timing ? timing.Value : "1";
        return place == "account"
            ? Account(text, verb, argument ?? when, out problem)
            : Timed(text, place, verb, argument, match.Groups["side"].Value, when, out problem);
    }

    static FaultRule? Account(string text, string verb, string argument, out string? problem)
    {
        var isNumber = decimal.TryParse(argument, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) && number >= 0;
        problem = isNumber ? null : $"`{text}` needs a number that is not negative";
        return isNumber ? new FaultRule("account", new Fault(verb, argument, false), new FaultTiming(1, 0, 0, null, "1")) : null;
    }

    static FaultRule? Timed(
        string text, string place, string verb, string? argument, string side, string when, out string? problem)
    {
        if (argument is null && NeedArgument.Contains(verb))
        {
            problem = $"`{text}` lacks {(verb == "failed" ? "a failure code" : "a host")}, expected `{place}:{verb}:…`";
            return null;
        }

        if (verb == "failed" && argument?.Split(':') is [_, var cost, ..]
            && !decimal.TryParse(cost, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
        {
            problem = $"`{text}` has the cost `{cost}`, expected a number";
            return null;
        }

        if (side == "after" && OnlyBefore.Contains(verb))
        {
            problem = $"`{verb}` can't come after the charge: the API says it before it does anything";
            return null;
        }

        if (Timing(when) is not { } timing)
        {
            problem = $"`{when}` is not how often, expected a rate (0.2 or 20%), the first few (3x), one (#4) or a word (~word)";
            return null;
        }

        problem = null;
        var isAfter = side == "after" || (side.Length == 0 && !OnlyBefore.Contains(verb) && !UsuallyBefore.Contains(verb));
        return new FaultRule(place, new Fault(verb, argument, isAfter), timing);
    }

    static FaultTiming? Timing(string text)
    {
        var match = Times().Match(text);
        if (!match.Success)
        {
            return null;
        }

        if (match.Groups["word"].Success)
        {
            return new FaultTiming(0, 0, 0, match.Groups["word"].Value, text);
        }

        if (match.Groups["first"].Success || match.Groups["nth"].Success)
        {
            return int.TryParse(match.Groups["first"].Value + match.Groups["nth"].Value, out var count)
                ? new FaultTiming(0, match.Groups["first"].Success ? count : 0, match.Groups["nth"].Success ? count : 0, null, text)
                : null;
        }

        var rate = double.Parse(match.Groups["rate"].Value, CultureInfo.InvariantCulture)
            / (match.Groups["percent"].Success ? 100 : 1);
        return rate <= 1 ? new FaultTiming(rate, 0, 0, null, text) : null;
    }

    [GeneratedRegex(
        @"^(?<place>[a-z]+):(?<verb>[0-9]+|[a-z][a-z-]*?)(\[(?<argument>[0-9.]+)\]|@(?<argument>[0-9.]+)|:(?<argument>[^=]+?))?(-(?<side>before|after))?(=(?<when>\S.*))?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();

    [GeneratedRegex(
        @"^(~(?<word>.+)|(?<first>[0-9]+)x|#(?<nth>[0-9]+)|(?<rate>[0-9]+(\.[0-9]+)?)(?<percent>%)?)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Times();
}
