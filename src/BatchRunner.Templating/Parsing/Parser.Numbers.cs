using System.Globalization;
using System.Numerics;
using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Parsing;

/// <summary>Numbers as they are written, and the arguments of built-ins, checked as far as the text shows them.</summary>
sealed partial class Parser
{
    const NumberStyles plainReal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    Value Number(Token token)
    {
        var digits = (token.Text ?? "").Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'X' or 'b' or 'B')
        {
            return Prefixed(token, digits);
        }

        var suffix = char.ToLowerInvariant(digits[^1]);
        var body = char.IsAsciiLetter(suffix) ? digits[..^1] : digits;
        var isReal = digits.Contains('.', StringComparison.Ordinal);
        switch (suffix)
        {
            case 'f' when float.TryParse(body, plainReal, CultureInfo.InvariantCulture, out var single):
                return Value.Of(single);
            case 'd' when double.TryParse(body, plainReal, CultureInfo.InvariantCulture, out var real):
                return Value.Of(real);
            case 'm' when decimal.TryParse(body, plainReal, CultureInfo.InvariantCulture, out var exact):
                return Value.Of(exact);
            case 'u' when !isReal:
                return Integer(token, body);
            case var _ when !char.IsAsciiLetter(suffix):
                return isReal ? Real(token, digits) : Integer(token, digits);
            default:
                throw BadNumber(token, null);
        }
    }

    Value Real(Token token, string digits) => double.TryParse(digits, plainReal, CultureInfo.InvariantCulture, out var real)
        ? Value.Of(real)
        : throw BadNumber(token, null);

    Value Prefixed(Token token, string digits)
    {
        var body = digits[2..].TrimEnd('u', 'U');
        var isHex = digits[1] is 'x' or 'X';
        if (body.Length * (isHex ? 4 : 1) > limits.IntegerBits)
        {
            problems.NumberTooLarge(token, limits.IntegerBits);
            throw new Stop();
        }

        return BigInteger.TryParse("0" + body, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.AllowBinarySpecifier, null, out var value)
            && body.Length > 0
            ? Value.Of(value)
            : throw BadNumber(token, null);
    }

    Value Integer(Token token, string digits)
    {
        var parts = digits.Split('e', 'E');
        if (parts.Length > 2 || !parts[0].All(char.IsAsciiDigit) || (parts.Length == 2 && !parts[1].TrimStart('+').All(char.IsAsciiDigit)))
        {
            throw BadNumber(token, digits.Contains('-', StringComparison.Ordinal) ? $"write `{parts[0]}.0e{parts[^1]}`" : null);
        }

        var most = limits.IntegerBits * 0.30103;
        var exponent = 0;
        if (parts[0].Length > most + 1 || (parts.Length == 2 && (!int.TryParse(parts[1], out exponent) || exponent > most)))
        {
            problems.NumberTooLarge(token, limits.IntegerBits);
            throw new Stop();
        }

        return Value.Of(BigInteger.Parse(parts[0], CultureInfo.InvariantCulture) * BigInteger.Pow(10, exponent));
    }

    Stop BadNumber(Token token, string? hint)
    {
        problems.BadNumber(token, hint);
        return new();
    }

    void CheckArguments(Call call)
    {
        if (call.Callee is not Member { Target: Variable variable } member || !IsFunctionOf(variable, member, out var builtin)
            || Array.Exists(call.Arguments, a => a.IsExpanded))
        {
            return;
        }

        var given = new HashSet<string>(builtin.Parameters.Take(call.Arguments.Count(a => a.Name is null)), StringComparer.Ordinal);
        if (call.Arguments.Length > builtin.MaximumCount)
        {
            problems.TooManyArguments(call.Callee.Start, call.Callee.End, builtin, call.Arguments.Length);
            return;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Name is not null && !builtin.Parameters.Contains(argument.Name))
            {
                problems.UnknownArgument(argument.NameStart, builtin, argument.Name);
                return;
            }

            given.Add(argument.Name ?? "");
        }

        if (builtin.Parameters.Take(builtin.RequiredCount).FirstOrDefault(p => !given.Contains(p)) is { } missing)
        {
            problems.MissingArgument(call.End, builtin, missing);
        }
    }

    bool IsFunctionOf(Variable variable, Member member, out Builtin builtin)
    {
        builtin = null!; // only read when the answer is true
        return reads.IsFree(variable.Name, scope) && Library.TryGet(variable.Name, out var value)
            && value.Reference is Library library && library.Find(member.Name) is { } found && (builtin = found) is not null;
    }
}
