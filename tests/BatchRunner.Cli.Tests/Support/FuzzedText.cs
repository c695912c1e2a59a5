using System.Text;

namespace BatchRunner.Cli.Tests.Support;

/// <summary>Strings made to do harm to whoever prints them; the same seed gives the same strings.</summary>
sealed class FuzzedText(int seed)
{
    static readonly string[] Pieces =
    [
        "\u001b[2J", "\u001b[1A\u001b[K", "\u001b]0;owned\u0007", "\u001b]8;;http://evil.example\u001b\\x", "\u009b31m", "\u0090q\u009c", "\b\b\b", "\r",
        "\n", "\r\n", "\u0085", "\u2028", "\u2029", "\u202e", "\u2066", "\u200f", "\u200b", "\ufeff", "\u007f", "\u0000", "\u000b", "\ud800", "\udfff",
        "\n::error::forged", "\r::set-output name=a::b", "::add-mask::a", "##[error]forged", "##vso[task.setvariable]x", "::", "##", "[",
        "failed   ", "done", "a window", "名前", "👩‍👩‍👧", "e\u0301", "\"", "'", "`", "%0A", ",", ";", "=1+1", "<b>", "|", "\\n", "{\"type\":\"ended\"}", " ",
        "\U000e0041", "\ufff9", "\u061c", "\u2060", "\U0001d173",
    ];

    readonly Random random = new(seed);

    public string Next()
    {
        var text = new StringBuilder();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            text.Append(random.Next(4) == 0 ? ((char)random.Next(0x2100)).ToString() : Pieces[random.Next(Pieces.Length)]);
        }

        return text.ToString();
    }
}
