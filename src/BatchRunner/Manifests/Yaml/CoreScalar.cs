using System.Globalization;

namespace BatchRunner.Manifests.Yaml;

/// <summary>
/// What an unquoted scalar means by YAML 1.2: nothing, true, false, or a number if it prints back the same; else text.
/// So `no`, `on`, `007`, `1.10` and `1280:720` are text.
/// </summary>
static class CoreScalar
{
    /// <summary>The value: null, <see cref="bool"/>, <see cref="long"/>, <see cref="decimal"/> or <see cref="string"/>.</summary>
    public static object? Value(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when !LooksNumeric(text) => text,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            && integer.ToString(CultureInfo.InvariantCulture) == text => integer,
        _ when text.Contains('.', StringComparison.Ordinal)
            && text[^1] is not ('0' or '.')
            && decimal.TryParse(
                text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text => number,
        _ => text,
    };

    static bool LooksNumeric(string text) =>
        char.IsAsciiDigit(text[^1]) && (char.IsAsciiDigit(text[0]) || text[0] == '-');
}
