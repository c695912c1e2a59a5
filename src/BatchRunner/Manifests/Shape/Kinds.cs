namespace BatchRunner.Manifests.Shape;

/// <summary>How a value is called in a message.</summary>
static class Kinds
{
    public static string Of(Node node) => node switch
    {
        MapNode => "a map",
        ListNode => "a list",
        ScalarNode { Value: bool } scalar => $"the boolean `{scalar.Text}`",
        ScalarNode { IsText: false } scalar => $"the number `{scalar.Text}`",
        ScalarNode scalar => $"the text `{Excerpt.Of(scalar.Text)}`",
        _ => "blank",
    };
}
