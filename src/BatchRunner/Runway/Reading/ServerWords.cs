using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace BatchRunner.Runway.Reading;

/// <summary>
/// Makes what a server says fit to print, log and journal: no secrets, no signatures, no embedded files, nothing that
/// moves a cursor or turns a line around, at most 2 KiB.
/// </summary>
sealed partial class ServerWords(Secret? key)
{
    const int MaxBytes = 2048;
    const int MaxRead = 16 * 1024;
    const int LeastOfKey = 12;

    /// <summary>The error a body tells, as `error: path: message; …`, or what the body is if it tells none.</summary>
    public string ErrorOf(int status, ReadOnlyMemory<byte> body) =>
        Told(body) ?? string.Create(CultureInfo.InvariantCulture, $"answered {status} with {KindOf(body)}");

    /// <summary>The error a body tells, or null.</summary>
    public string? Told(ReadOnlyMemory<byte> body)
    {
        var answer = LooseJson.Object(body);
        var error = answer.Member("error");
        var text = error.Text() ?? error.Member("message").Text() ?? answer.Member("message").Text();
        var issues = string.Join("; ", answer.Member("issues").Items().Select(IssueOf).OfType<string>());
        return (text, issues) switch
        {
            ({ Length: > 0 }, "") => Clean(text),
            ({ Length: > 0 }, _) => Clean($"{text}: {issues}"),
            (_, not "") => Clean(issues),
            _ => null,
        };
    }

    /// <summary>What a body is that tells no error.</summary>
    public static string KindOf(ReadOnlyMemory<byte> body) => body.Length switch
    {
        0 => "no words",
        _ when LooseJson.Object(body) is not null => "JSON that names no error",
        _ when IsPage(body) => "a web page",
        var length => string.Create(CultureInfo.InvariantCulture, $"{length} bytes that are not JSON"),
    };

    /// <summary>The text holds the key, or so much of it that it could be found.</summary>
    public bool HoldsKey(string text) => key is not null
        && (text.Contains(key.Reveal(), StringComparison.OrdinalIgnoreCase)
            || (text.Length >= LeastOfKey && key.Reveal().Contains(text, StringComparison.OrdinalIgnoreCase)));

    /// <summary>The words, made safe.</summary>
    public string Clean(string words)
    {
        var text = Start(words);
        text = key is null ? text : text.Replace(key.Reveal(), "[key]", StringComparison.Ordinal);
        text = DataUri().Replace(text, found => $"{found.Groups["head"].Value}… ({found.Length} characters)");
        text = UserInfo().Replace(text, "${scheme}");
        text = UrlTail().Replace(text, "${head}?…");
        text = Token().Replace(text, "${name}…");
        return Visible(text);
    }

    /// <summary>A body that looks like a page of some machine between the API and us.</summary>
    public static bool IsPage(ReadOnlyMemory<byte> body) => body.Span.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];

    static string? IssueOf(JsonElement? issue)
    {
        var path = string.Join('.', issue.Member("path").Items().Select(part => part.Text()));
        var message = issue.Member("message").Text() ?? issue.Member("code").Text();
        return message is null || path.Length == 0 ? message : $"{path}: {message}";
    }

    /// <summary>So much that patterns stay cheap, ending between words: half a secret would not be recognized.</summary>
    static string Start(string text) => text.Length <= MaxRead
        ? text
        : text[..(text.AsSpan(0, MaxRead).LastIndexOfAny(" \t\r\n") + 1)] + "…";

    static string Visible(string text)
    {
        var safe = new StringBuilder(Math.Min(text.Length, MaxBytes) + 16);
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = IsHidden(rune)
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}")
                : rune.ToString();
            bytes += Encoding.UTF8.GetByteCount(shown);
            if (bytes > MaxBytes - 3)
            {
                return safe.Append('…').ToString();
            }

            safe.Append(shown);
        }

        return safe.ToString();
    }

    static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;

    [GeneratedRegex("""(?<head>data:[a-z0-9.+/-]{0,100};base64,)[A-Za-z0-9+/=_%-]*""", RegexOptions.IgnoreCase)]
    private static partial Regex DataUri();

    [GeneratedRegex("""(?<scheme>[a-z][a-z0-9+.-]{0,20}://)[^\s/?#"'<>@]*@""", RegexOptions.IgnoreCase)]
    private static partial Regex UserInfo();

    [GeneratedRegex("""(?<head>[a-z][a-z0-9+.-]{0,20}://[^\s?#"'<>]*)[?#][^\s"'<>]*""", RegexOptions.IgnoreCase)]
    private static partial Regex UrlTail();

    [GeneratedRegex(
        """(?<name>\b(_jwt|jwt|token|signature|x-amz-[a-z-]{1,40}|key|secret)=|\bBearer\s+|\bkey_)[A-Za-z0-9._~+/%=-]{4,}""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Token();
}
