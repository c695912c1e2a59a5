using Spectre.Console;

namespace BatchRunner.Cli.World;

/// <summary>A terminal that talk is shown on and that can be painted over.</summary>
/// <param name="Size">Its cells across and its lines now; it may be resized at any time.</param>
/// <param name="HasUnicode">Whether it can show more than ASCII.</param>
sealed record Screen(Func<(int Width, int Height)> Size, bool HasUnicode)
{
    const int UsualWidth = 80;
    const int UsualHeight = 24;

    /// <summary>The process' own on standard error, or null: there is none, or it is one that can only go on.</summary>
    public static Screen? OfProcess()
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
        {
            return null;
        }

        // Also turns escape sequences on where a console of Windows has them off.
        var can = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }).Profile.Capabilities;
        return can.Ansi ? new Screen(Now, can.Unicode) : null;
    }

    /// <summary>Cells across of the process' terminal.</summary>
    public static int Width => Now().Width;

    static (int Width, int Height) Now()
    {
        try
        {
            return (Console.WindowWidth is > 0 and var width ? width : UsualWidth,
                Console.WindowHeight is > 0 and var height ? height : UsualHeight);
        }
        catch (IOException)
        {
            // Some terminals do not tell.
            return (UsualWidth, UsualHeight);
        }
    }
}
