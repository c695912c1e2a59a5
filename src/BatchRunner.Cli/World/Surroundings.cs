using BatchRunner.Journaling;

namespace BatchRunner.Cli.World;

/// <summary>What a command may know of the world outside: streams, variables, clock, terminal, interrupts.</summary>
sealed record Surroundings
{
    /// <summary>The answer goes here.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Talk goes here.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where a question is answered; null: nobody is there.</summary>
    public TextReader? Input { get; init; }

    /// <summary>An environment variable; empty counts as unset.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>What journals are written to.</summary>
    public IDisk Disk { get; init; } = new LocalDisk();

    /// <summary>Cells of the terminal that talk is shown on; null: it is no terminal.</summary>
    public int? TalkWidth { get; init; }

    /// <summary>Cells of the terminal that the answer is shown on; null: it is no terminal.</summary>
    public int? AnswerWidth { get; init; }

    /// <summary>The terminal that talk is shown on, if it can be painted over; null: lines only ever follow one another.</summary>
    public Func<Screen?> Screen { get; init; } = () => null;

    /// <summary>Ctrl-C and its kin.</summary>
    public required Interrupts Interrupts { get; init; }

    /// <summary>The process' own.</summary>
    public static Surroundings OfProcess(Interrupts interrupts)
    {
        var width = Console.IsErrorRedirected && Console.IsOutputRedirected ? (int?)null : World.Screen.Width;
        return new Surroundings
        {
            Output = Console.Out,
            Error = Console.Error,
            Input = Console.IsInputRedirected ? null : Console.In,
            Variable = name => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null,
            Time = TimeProvider.System,
            TalkWidth = Console.IsErrorRedirected ? null : width,
            AnswerWidth = Console.IsOutputRedirected ? null : width,
            Screen = World.Screen.OfProcess,
            Interrupts = interrupts,
        };
    }

    /// <summary>Whether somebody can be asked: they see the question and can type the answer.</summary>
    public bool CanAsk => Input is not null && TalkWidth is not null;
}
