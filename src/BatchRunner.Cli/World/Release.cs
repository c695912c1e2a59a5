using System.Reflection;

namespace BatchRunner.Cli.World;

/// <summary>Which BatchRunner this is.</summary>
static class Release
{
    /// <summary>Such as `0.1.0`.</summary>
    public static string Version { get; } =
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
