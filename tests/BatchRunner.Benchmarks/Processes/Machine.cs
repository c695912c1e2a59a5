using System.Globalization;

namespace BatchRunner.Benchmarks.Processes;

/// <summary>What has to be said beside a figure: cores, and how busy they were.</summary>
static class Machine
{
    /// <summary>Such as `2 cores, load 1.3`.</summary>
    public static string Now => string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {Load()}");

    static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
