using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BatchRunner.Cli.CommandLines;

/// <summary>Makes options and arguments whose mistakes are told in our words.</summary>
static class Options
{
    /// <summary>The manifest, or the folder of a run.</summary>
    public static Argument<string> Batch(string description = "a manifest, a saved plan, or the folder of a run") =>
        new("BATCH") { Description = description };

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) => new(name) { Description = description };

    /// <summary>A text, such as a path.</summary>
    public static Option<string?> Text(string name, string value, string description, params string[] aliases) =>
        new(name, aliases)
        {
            Description = description, HelpName = value, Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => Single(result) is { } text ? text : Refuse<string?>(result, $"`{name}` needs {value}"),
        };

    /// <summary>A text that may be given several times or with commas.</summary>
    public static Option<string[]> Texts(string name, string value, string description) =>
        new(name)
        {
            Description = description, HelpName = value, Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(
                ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };

    /// <summary>A whole number between two bounds.</summary>
    public static Option<int?> Integer(string name, string description, int least, int most = int.MaxValue) =>
        new(name)
        {
            Description = description, HelpName = "N", Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
                int.TryParse(Single(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most
                    ? number
                    : Refuse<int?>(result, Found(name, result, $"a whole number {Range(least, most)}")),
        };

    /// <summary>A number between two bounds.</summary>
    public static Option<decimal?> Number(string name, string description, decimal least, decimal most) =>
        new(name)
        {
            Description = description, HelpName = "N", Arity = ArgumentArity.ExactlyOne,
            CustomParser = result =>
                decimal.TryParse(
                    Single(result),
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number) && number >= least && number <= most
                    ? number
                    : Refuse<decimal?>(result, Found(name, result, $"a number from {least} to {most}")),
        };

    static string Range(int least, int most) => most == int.MaxValue ? $"of at least {least}" : $"from {least} to {most}";

    static string Found(string name, ArgumentResult result, string expected) =>
        Single(result) is { } text ? $"`{name}` is `{text}`, but takes {expected}" : $"`{name}` needs {expected}";

    static string? Single(ArgumentResult result) => result.Tokens is [var token] ? token.Value : null;

    static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
