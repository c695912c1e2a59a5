using BatchRunner.Diagnostics;

namespace BatchRunner.Expansion.Naming;

/// <summary>What can be wrong with the names of jobs and their files: BR0260 to BR0269.</summary>
static class NamingProblems
{
    public static Diagnostic BadOutput(string path, OutputRefusal refusal, SourcePlace place) =>
        new("BR0260", Severity.Error, $"`{Shortened(path)}` can't be an output: {refusal.Why}", place, refusal.Hint);

    public static Diagnostic BlankId(SourcePlace place) =>
        new("BR0260", Severity.Error, "the id is blank here", place, "write something around the cells");

    public static Diagnostic SameOutput(string path, string id, string other, SourcePlace place) =>
        new(
            "BR0261",
            Severity.Error,
            $"`{id}` and `{other}` have one output: `{path}`",
            place,
            "tell them apart in `output`, such as by `{{ id }}`");

    public static Diagnostic SameId(string id, SourcePlace place) =>
        new("BR0262", Severity.Error, $"two jobs are called `{id}`", place, "tell them apart in `id`");

    public static Diagnostic SameRequest(string id, string other, SourcePlace place) =>
        new(
            "BR0263",
            Severity.Error,
            $"`{id}` and `{other}` ask for the same: it would be paid twice",
            place,
            "say `dedupe: share` to pay once, or `takes` for several of one");

    static string Shortened(string path) => path.Length <= 60 ? path : path[..60] + "…";

    public static Diagnostic BadTakes(string found, SourcePlace place) =>
        new("BR0250", Severity.Error, $"`takes` is `{found}`, but should be a whole number from 0 to 1,000", place);

    public static Diagnostic BlankTakes(SourcePlace place) =>
        new("BR0250", Severity.Error, "`takes` is blank here", place, "say how many then: `?? 1`");

    public static Diagnostic FixedSeed(int takes, SourcePlace place) =>
        new(
            "BR0251",
            Severity.Warning,
            $"{takes} takes with one `seed` give nearly the same clip {takes} times",
            place,
            "leave `seed` out, or make it differ: `seed: \"{{ 4100 + take }}\"`");
}
