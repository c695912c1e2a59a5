using System.Text;
using System.Text.RegularExpressions;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.World;

namespace BatchRunner.Cli.Completion;

/// <summary>The manual page in the man macros of roff.</summary>
static partial class ManPage
{
    public static string Of(CommandTree tree)
    {
        var page = new StringBuilder();
        page.Append($"""
            .TH BATCHRUNNER 1 "" "batchrunner {Release.Version}" "User Commands"
            .SH NAME
            batchrunner \- runs batches of generated video from one YAML manifest
            .SH SYNOPSIS
            .B batchrunner
            .I COMMAND
            .RI [ options ]
            .SH DESCRIPTION

            """);
        Text(page, "One YAML manifest names prompt templates, CSV variable sets and a source image. They are expanded into jobs, "
            + "priced, run against the Runway API at most once each, and leave results.csv, report.html and the files in out/NAME/. "
            + "That folder is the memory of what was paid: keep it.");
        Heading(page, "OPTIONS EVERYWHERE");
        Options(page, tree.Everywhere);
        Heading(page, "COMMANDS");
        foreach (var command in tree.Commands)
        {
            page.Append($".SS batchrunner {Escape(command.Name)}{string.Concat(command.Arguments.Select(Shown))} [options]\n");
            Text(page, char.ToUpperInvariant(command.Meaning[0]) + command.Meaning[1..] + ".");
            foreach (var argument in command.Arguments)
            {
                Item(page, $"\\fI{Escape(argument.Name)}\\fR", argument.Meaning);
            }

            Options(page, command.Options);
            if (command.Examples.Count > 0)
            {
                page.Append(".PP\nExamples:\n");
            }

            foreach (var (line, meaning) in command.Examples)
            {
                Item(page, $"\\fBbatchrunner {Escape(line)}\\fR", meaning);
            }
        }

        Heading(page, "ENVIRONMENT");
        Items(page, HelpText.Variables);
        Heading(page, "EXIT STATUS");
        Items(page, ExitCode.All);
        Text(page, ExitCode.Several);
        return page.ToString();
    }

    static void Heading(StringBuilder page, string title) => page.Append($".SH {title}\n");

    static void Options(StringBuilder page, IEnumerable<TreeOption> options)
    {
        foreach (var option in options)
        {
            var names = string.Join(", ", option.Names.Select(name => $"\\fB{Escape(name)}\\fR"));
            Item(page, names + (option.Value is { } value ? $" \\fI{Escape(value)}\\fR" : ""), option.Meaning);
        }
    }

    static void Items(StringBuilder page, IEnumerable<(string Name, string Meaning)> items)
    {
        foreach (var (name, meaning) in items)
        {
            Item(page, $"\\fB{Escape(name)}\\fR", meaning);
        }
    }

    static void Item(StringBuilder page, string head, string meaning)
    {
        page.Append($".TP\n{head}\n");
        Text(page, meaning);
    }

    // A line that begins with a dot or an apostrophe would be an order.
    static void Text(StringBuilder page, string text) => page.Append($"\\&{Code().Replace(Escape(text), "\\fB$1\\fR")}\n");

    static string Shown(TreeArgument argument) => $" {(argument.IsOptional ? $"[{argument.Name}]" : argument.Name)}";

    static string Escape(string text) => text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal)
        .Replace("…", "...", StringComparison.Ordinal);

    [GeneratedRegex("`([^`]*)`")]
    private static partial Regex Code();
}
