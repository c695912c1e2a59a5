namespace BatchRunner.Cli.World;

/// <summary>For an id that the journal can't take: another place of the user's, most likely another disk.</summary>
static class EmergencyPlace
{
    public static string Of(Surroundings outside) =>
        outside.Variable("XDG_STATE_HOME") is { } state ? Path.Combine(state, "batchrunner")
        : outside.Variable("HOME") is { } home ? Path.Combine(home, ".local", "state", "batchrunner")
        : Path.Combine(Path.GetTempPath(), "batchrunner");
}
