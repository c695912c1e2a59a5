namespace BatchRunner.Templating;

/// <summary>How a text is parsed and rendered.</summary>
public sealed record TemplateOptions
{
    /// <summary>The language as Scriban has it, with strict variables.</summary>
    public static TemplateOptions Scriban { get; } = new();

    /// <summary>The language for batches: unknown members, arithmetic on cells and the other traps are errors.</summary>
    public static TemplateOptions Batch { get; } = new() { Strict = true };

    /// <summary>The stricter rules for batches.</summary>
    public bool Strict { get; init; }

    /// <summary>The bounds of one render.</summary>
    public TemplateLimits Limits { get; init; } = new();
}

/// <summary>The bounds of one parse or render. Passing one is a <see cref="TemplateProblem"/>, never an exception.</summary>
public sealed record TemplateLimits
{
    /// <summary>Characters of a template's text.</summary>
    public int TextLength { get; init; } = 65_536;

    /// <summary>How deep expressions and blocks may nest.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>Nodes evaluated in one render.</summary>
    public int Steps { get; init; } = 1_000_000;

    /// <summary>Turns of one loop.</summary>
    public int LoopTurns { get; init; } = 1_000;

    /// <summary>How deep functions may call each other.</summary>
    public int Recursion { get; init; } = 50;

    /// <summary>Characters of the output, and of any single string value.</summary>
    public int OutputLength { get; init; } = 1_048_576;

    /// <summary>Elements of a list or range.</summary>
    public int ListLength { get; init; } = 10_000;

    /// <summary>Bits of an integer; fewer than 64 count as 64.</summary>
    public int IntegerBits { get; init; } = 4_096;

    /// <summary>Time all regular expressions of one render may take together.</summary>
    public TimeSpan RegexTime { get; init; } = TimeSpan.FromMilliseconds(200);
}

/// <summary>When a mistake was found.</summary>
public enum TemplateStage
{
    /// <summary>While reading the text.</summary>
    Parse,

    /// <summary>While rendering it.</summary>
    Render,
}

/// <summary>One mistake in a template.</summary>
/// <param name="Stage">When it was found.</param>
/// <param name="Message">Lower case, no full stop; the user's own words in backticks.</param>
/// <param name="Hint">What to write instead, or null if there is nothing true to suggest.</param>
/// <param name="Offset">Where it starts, in UTF-16 units from the start of the text.</param>
/// <param name="Length">How many UTF-16 units it covers, at least 1.</param>
/// <param name="Line">Line within the template's text, from 1.</param>
/// <param name="Column">UTF-16 column within that line, from 1.</param>
public sealed record TemplateProblem(
    TemplateStage Stage, string Message, string? Hint, int Offset, int Length, int Line, int Column);

/// <summary>A global name that is read, with the members known without running: <c>message.scene</c> or <c>message["Scene (EN)"]</c>.</summary>
/// <param name="Name">The global name.</param>
/// <param name="Members">The members, outermost first; empty if the global itself is read.</param>
/// <param name="IsGuarded">A <c>??</c> or <c>?.</c> catches a missing value.</param>
/// <param name="Offset">Where the global name starts.</param>
/// <param name="Length">The length of the whole chain as written.</param>
/// <param name="MemberOffsets">Where each member's name starts, as many as <paramref name="Members"/>.</param>
public sealed record TemplateRead(
    string Name, IReadOnlyList<string> Members, bool IsGuarded, int Offset, int Length, IReadOnlyList<int> MemberOffsets);

/// <summary>What a render or an evaluation gave.</summary>
public readonly record struct TemplateResult
{
    /// <summary>
    /// The rendered text (Render), or the value (Evaluate): null, <see cref="bool"/>, <see cref="long"/>,
    /// <see cref="System.Numerics.BigInteger"/>, <see cref="double"/>, <see cref="decimal"/>, <see cref="string"/>,
    /// <see cref="Cell"/>, <see cref="IReadOnlyList{T}"/> of such values, <see cref="TemplateMap"/> or <see cref="TemplateRow"/>.
    /// </summary>
    public object? Value { get; init; }

    /// <summary>The rendered text.</summary>
    public string Text => Value as string ?? "";

    /// <summary>What went wrong, or null.</summary>
    public TemplateProblem? Problem { get; init; }

    /// <summary>Blank cells that were printed (each column once), or null.</summary>
    public IReadOnlyList<TemplateRead>? PrintedBlanks { get; init; }
}
