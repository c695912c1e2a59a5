namespace BatchRunner.Manifests.Shape;

/// <summary>How a value is called in a message.</summary>
static class Kinds
{
    const int Shown = 40;

    public static string Of(Node node) => node switch
    {
        MapNode => "a map",
        ListNode => "a list",
        ScalarNode { Value: bool } scalar => $"the boolean `{scalar.Text}`",
        ScalarNode { IsText: false } scalar => $"the number `{scalar.Text}`",
        ScalarNode scalar => $"the text `{Short(scalar.Text)}`",
        _ => "blank",
    };

    /// <summary>One line, and not too much of it.</summary>
    public static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Shown ? line : string.Concat(line.AsSpan(0, Shown - 1), "…");
    }
}
