using System.Globalization;
using System.Text;
using BatchRunner.Cli.Text;
using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.Views;

/// <summary>
/// Tells GitHub Actions where mistakes are, in its workflow commands on standard error, so that they stand at their lines of
/// the manifest and the sheets in a pull request.
/// </summary>
/// <param name="writer">Standard error; the runner reads both streams.</param>
/// <param name="workspace">The checked-out repository, which paths are told from; null: paths are told as typed.</param>
sealed class Annotations(TextWriter writer, string? workspace)
{
    // GitHub keeps no more of each kind of one step.
    const int Most = 10;

    readonly Dictionary<Severity, int> told = [];

    /// <summary>One mistake at its place.</summary>
    public void Write(Diagnostic diagnostic) => Write(
        diagnostic.Severity,
        diagnostic.Place,
        diagnostic.Code,
        diagnostic.Message + (diagnostic.Hint is { } hint ? $"\nhint: {SafeText.Line(hint)}" : ""));

    /// <summary>Something else to be told at a place.</summary>
    /// <param name="severity">Error or warning.</param>
    /// <param name="place">Where, or null.</param>
    /// <param name="title">Its headline.</param>
    /// <param name="message">What there is to say; only `\n` breaks a line.</param>
    public void Write(Severity severity, SourcePlace? place, string title, string message)
    {
        var number = told[severity] = told.GetValueOrDefault(severity) + 1;
        if (number > Most)
        {
            return;
        }

        var properties = new List<string>();
        if (place is { } at)
        {
            properties.Add("file=" + Property(PathOf(at.File)));
            properties.Add(string.Create(CultureInfo.InvariantCulture, $"line={at.Line}"));
            properties.Add(string.Create(CultureInfo.InvariantCulture, $"col={at.Column}"));
        }

        properties.Add("title=" + Property(title));
        var lines = message.Split('\n').Select(line => Data(SafeText.Line(line)));
        writer.WriteLine($"::{(severity == Severity.Error ? "error" : "warning")} {string.Join(',', properties)}::{string.Join("%0A", lines)}");
    }

    string PathOf(SourceFile file)
    {
        var relative = workspace is null ? ".." : Path.GetRelativePath(workspace, file.FullPath);
        return (relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative) ? file.Path : relative).Replace('\\', '/');
    }

    static string Data(string text) => text.Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    static string Property(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in Data(SafeText.Line(text)))
        {
            escaped.Append(c switch { ':' => "%3A", ',' => "%2C", _ => c.ToString() });
        }

        return escaped.ToString();
    }
}
