using System.CommandLine;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>A command with the examples its help begins with.</summary>
sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>What to type, and what for.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; init; } = [];

    /// <summary>What it does with what was typed, once that is understood; what is wrong with it is told, exit 2.</summary>
    /// <param name="manner">How it speaks.</param>
    /// <param name="outside">The world.</param>
    /// <param name="read">Gives what is asked for, or null and what is wrong.</param>
    /// <param name="action">Does it and gives the exit code.</param>
    public void Does<T>(
        Manner manner, Surroundings outside, Func<ParseResult, DiagnosticBag, T?> read, Func<T, ParseResult, Voice, Task<int>> action)
        where T : class => SetAction(async (parsed, _) =>
        {
            var voice = manner.Of(parsed, outside);
            var problems = new DiagnosticBag();
            if (read(parsed, problems) is { } asked)
            {
                return await action(asked, parsed, voice);
            }

            voice.Write(problems);
            return ExitCode.Usage;
        });

    /// <summary>The same for what needs no waiting.</summary>
    public void Does<T>(
        Manner manner, Surroundings outside, Func<ParseResult, DiagnosticBag, T?> read, Func<T, ParseResult, Voice, int> action)
        where T : class => Does(manner, outside, read, (asked, parsed, voice) => Task.FromResult(action(asked, parsed, voice)));
}
