using System.Globalization;

namespace BatchRunner.Planning;

/// <summary>What outputs are called: the first by the job's output, further ones with a number.</summary>
static class OutputPaths
{
    /// <summary>The path below the run's folder of an output.</summary>
    /// <param name="output">The job's output, without extension.</param>
    /// <param name="index">From 0.</param>
    /// <param name="extension">With its dot.</param>
    public static string Of(string output, int index, string extension) => index == 0
        ? output + extension
        : output + "-" + (index + 1).ToString(CultureInfo.InvariantCulture) + extension;

    /// <summary>Where a file goes whose place another key takes.</summary>
    public static string Superseded(string path, string shortKey)
    {
        var extension = Path.GetExtension(path);
        return "superseded/" + path[..^extension.Length] + "-" + shortKey + extension;
    }
}
