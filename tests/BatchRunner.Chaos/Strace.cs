namespace BatchRunner.Chaos;

/// <summary>The words that start a program under strace, which then does something at its calls of the system.</summary>
static class Strace
{
    /// <summary>Words to put before the program's own.</summary>
    /// <param name="call">The call that is watched.</param>
    /// <param name="strike">What happens at it, as strace says it, such as <c>signal=KILL:when=3</c>.</param>
    /// <param name="path">Only calls on this file, or null.</param>
    /// <param name="trace">Where to write what was seen, or null.</param>
    /// <param name="beside">Another call to write down, or null.</param>
    public static IReadOnlyList<string> Words(string call, string strike, string? path = null, string? trace = null, string? beside = null) =>
    [
        // The filter lets every other call pass at full speed.
        "strace", "-f", "--seccomp-bpf", "-qqq", "-s", "100000", "-o", trace ?? "/dev/null",
        .. path is null ? Array.Empty<string>() : ["-P", path],
        "-e", beside is null ? $"trace={call}" : $"trace={call},{beside}", "-e", $"inject={call}:{strike}",
    ];
}
