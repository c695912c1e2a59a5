using System.Text;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Tests;

public sealed class HostileTextSpecs : IAsyncDisposable
{
    // What moves a cursor, forges a line, reorders or hides; and what Markdown and HTML would obey.
    static readonly string[] Payloads =
    [
        "\u001b[2J", "\u001b]0;owned\u0007", "\u009b31m", "\b\b\b", "\r", "\u202egpj", "\u2066", "\u200f", "\u2028", "\u0085",
        "\ufeff", "\u007f", "<img src=x onerror=alert(1)>", "| a | b |", "[x](javascript:1)", "@everyone", "=cmd|' /C calc'!A0",
    ];

    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task Nothing_from_a_cell_reaches_a_stream_as_a_command()
    {
        var rows = new StringBuilder("id,scene\n");
        for (var i = 0; i < Payloads.Length; i++)
        {
            rows.Append(System.Globalization.CultureInfo.InvariantCulture, $"m{i:00},\"a {Payloads[i]} window {i}\"\n");
        }

        typed.Folder.Write("data/messages.csv", rows.ToString());

        foreach (var form in new[] { "--plain", "--json", "--markdown" })
        {
            Assert.Equal(0, await typed.Run("plan", "batch.yaml", form));
            AssertSafe();
        }

        Assert.Equal(0, await typed.Run("run", "batch.yaml", "--simulate", "--time-scale", "200"));
        AssertSafe();
    }

    [Fact]
    public async Task Nothing_from_a_command_line_or_a_key_of_the_manifest_does_either()
    {
        foreach (var payload in Payloads)
        {
            await typed.Run("validate", payload);
            AssertSafe();
            await typed.Run(payload, payload);
            AssertSafe();
            await typed.Run("run", "batch.yaml", "--only", payload);
            AssertSafe();
            typed.Folder.Write("odd.yaml", $"version: 1\n\"{payload}\": 1\nname: \"{payload}\"\n");
            await typed.Run("validate", "odd.yaml");
            AssertSafe();
        }
    }

    void AssertSafe()
    {
        foreach (var rune in (typed.Output + typed.Errors).Replace("\n", "", StringComparison.Ordinal).EnumerateRunes())
        {
            Assert.False(SafeText.IsUnsafe(rune), $"U+{rune.Value:x4} in:\n{typed.Output}{typed.Errors}");
        }
    }
}
