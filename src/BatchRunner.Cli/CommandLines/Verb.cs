using System.CommandLine;

namespace BatchRunner.Cli.CommandLines;

/// <summary>A command with the examples its help begins with.</summary>
sealed class Verb(string name, string description) : Command(name, description)
{
    /// <summary>What to type, and what for.</summary>
    public IReadOnlyList<(string Line, string Meaning)> Examples { get; init; } = [];
}
