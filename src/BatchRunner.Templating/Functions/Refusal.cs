namespace BatchRunner.Templating.Functions;

/// <summary>What Scriban has and this engine refuses: whatever would make two renders of one template differ.</summary>
static class Refusal
{
    /// <summary>Why a name does not exist, and what to do instead; null if nobody took it away.</summary>
    public static (string Message, string? Hint)? For(string library, string name) => (library, name) switch
    {
        ("date", "now" or "utc_now") => (
            $"`date.{name}` does not exist here: it would print something else in every run",
            "write the date as data, such as a column or a constant"),
        ("math", "random" or "uuid") => (
            $"`math.{name}` does not exist here: it would print something else in every run",
            "write the value as data, such as a column"),
        ("object", "eval" or "eval_template") =>
            ($"`object.{name}` does not exist here: data is never run as a template", "write the expression into the template itself"),
        ("", "include" or "include_join") =>
            ($"`{name}` does not exist here: a template reads no other file", "write a `func` in the template itself"),
        _ => null,
    };
}
