using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Syntax;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Rendering;

/// <summary>One render: the model, the globals written so far, the output, and what is left of the limits.</summary>
sealed partial class Run
{
    [ThreadStatic]
    static Run? spare;

    TemplateModel model = new();
    CancellationToken cancel;
    int steps;
    int recursion;
    RegexBudget? regexes;

    public Output Output { get; } = new();

    public TemplateLimits Limits { get; private set; } = new();

    public bool IsStrict { get; private set; }

    public Frame Frame { get; set; } = new();

    public LoopPlace? For { get; set; }

    public LoopPlace? While { get; set; }

    /// <summary>What a <c>ret</c> on its way out carries.</summary>
    public Value Returned { get; set; }

    /// <summary>The row the last member or index was read from, or null if it was read from anything else.</summary>
    public TemplateRow? ReadRow { get; set; }

    public List<TemplateRead>? PrintedBlanks { get; private set; }

    /// <summary>The time regular expressions have left.</summary>
    public RegexBudget Regexes => regexes ??= new(Limits.RegexTime);

    /// <summary>The last values handed out by <c>array.cycle</c>, by group.</summary>
    public Dictionary<string, int>? Cycles { get; set; }

    /// <summary>How <c>date</c> prints, if the template changed it.</summary>
    public string? DateFormat { get; set; }

    public static Run Start(TemplateModel model, TemplateOptions options, Symbols symbols, CancellationToken cancel)
    {
        var run = spare ?? new Run();
        spare = null;
        run.model = model;
        run.cancel = cancel;
        run.Limits = options.Limits;
        run.IsStrict = options.Strict;
        run.steps = options.Limits.Steps;
        run.Output.Limit = options.Limits.OutputLength;
        run.UseSymbols(symbols);
        return run;
    }

    /// <summary>Gives the memory back; nothing of the model is kept.</summary>
    public void Finish()
    {
        Output.Clear();
        ClearGlobals();
        ClearScratch();
        model = emptyModel;
        cancel = default;
        For = While = null;
        Returned = default;
        ReadRow = null;
        PrintedBlanks = null;
        Cycles = null;
        DateFormat = null;
        regexes = null;
        recursion = 0;
        spare = this;
    }

    /// <summary>Takes steps off the budget: one a node, more for work that grows with a list or a text.</summary>
    public void Charge(long count, Node at)
    {
        if (count > steps)
        {
            throw RenderProblems.TooManySteps(at, Limits.Steps);
        }

        steps -= (int)count;
    }

    public void Step(Node at)
    {
        if (--steps < 0)
        {
            throw RenderProblems.TooManySteps(at, Limits.Steps);
        }
    }

    /// <summary>Checks a text before it is made, and pays for its memory.</summary>
    public void ChargeText(long length, Node at)
    {
        if (length > Limits.OutputLength)
        {
            throw RenderProblems.TextTooLong(at, length, Limits.OutputLength);
        }

        Charge((length >> 4) + 1, at);
    }

    /// <summary>Checks a list before it is made, and pays for its memory.</summary>
    public void ChargeList(long length, Node at)
    {
        // One more than the largest index there is comes out negative.
        if (length < 0 || length > Limits.ListLength)
        {
            throw RenderProblems.ListTooLong(at, length < 0 ? long.MaxValue : length, Limits.ListLength);
        }

        Charge(length + 2, at);
    }

    /// <summary>One more element of a list that grows.</summary>
    public void AddTo(ListValue list, Value value, Node at)
    {
        if (list.Count >= Limits.ListLength)
        {
            throw RenderProblems.ListTooLong(at, list.Count + 1, Limits.ListLength);
        }

        Step(at);
        list.Add(value);
    }

    /// <summary>One more turn of a loop.</summary>
    public void Turn(long turn, Node at)
    {
        cancel.ThrowIfCancellationRequested();
        if (turn >= Limits.LoopTurns)
        {
            throw RenderProblems.TooManyTurns(at, Limits.LoopTurns);
        }

        Step(at);
    }

    /// <summary>Enters a call; <see cref="Leave"/> must follow.</summary>
    public void Enter(Node at)
    {
        cancel.ThrowIfCancellationRequested();
        if (recursion >= Limits.Recursion || !System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw RenderProblems.TooDeepCalls(at, Limits.Recursion);
        }

        recursion++;
        Charge(4, at);
    }

    public void Leave() => recursion--;

    public void Write(ReadOnlySpan<char> text, Node at)
    {
        if (!Output.TryAppend(text))
        {
            throw RenderProblems.OutputTooLong(at, Limits.OutputLength);
        }
    }

    /// <summary>Notes a row's blank column that was printed as nothing, itself or through pipes.</summary>
    public void NoteIfBlank(Expression printed, Value value)
    {
        if (!value.IsNull && value.Reference is not string { Length: 0 })
        {
            return;
        }

        var source = printed;
        while (source is Call { IsPipe: true } pipe)
        {
            source = pipe.Arguments[0].Expression;
        }

        if (source is not PathExpression { Read: { } read, IsStaticRead: true } path)
        {
            return;
        }

        ReadRow = null;
        if (path.Peek(this).IsNull && ReadRow is not null)
        {
            NoteBlank(read);
        }
    }

    void NoteBlank(TemplateRead read)
    {
        PrintedBlanks ??= [];
        foreach (var noted in PrintedBlanks)
        {
            if (noted.Name == read.Name && noted.Members.SequenceEqual(read.Members))
            {
                return;
            }
        }

        PrintedBlanks.Add(read);
    }
}
