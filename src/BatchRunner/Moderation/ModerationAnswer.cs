namespace BatchRunner.Moderation;

/// <summary>What a moderation endpoint says of one prompt.</summary>
/// <param name="IsFlagged">It should not be sent.</param>
/// <param name="Categories">Why, in the endpoint's words made safe; may be empty.</param>
sealed record Verdict(bool IsFlagged, IReadOnlyList<string> Categories)
{
    /// <summary>Nothing was found.</summary>
    public static Verdict Clean { get; } = new(false, []);
}

/// <summary>What became of asking a moderation endpoint.</summary>
abstract record ModerationAnswer
{
    /// <summary>It has judged.</summary>
    public sealed record Judged(Verdict Verdict) : ModerationAnswer;

    /// <summary>It does not take the key, or wants one.</summary>
    public sealed record KeyRefused(string Message) : ModerationAnswer;

    /// <summary>It does not understand us, or we do not understand it: asking again would change nothing.</summary>
    public sealed record Refused(string Message) : ModerationAnswer;

    /// <summary>It could not be reached or is busy: later it may answer.</summary>
    public sealed record Trouble(string Reason) : ModerationAnswer;
}
