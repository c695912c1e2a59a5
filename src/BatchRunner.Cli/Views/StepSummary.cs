using System.Text;
using BatchRunner.Journaling.Guarding;

namespace BatchRunner.Cli.Views;

/// <summary>The page of a step in GitHub Actions: Markdown that is added to a file which the runner names and shows.</summary>
/// <param name="path">The file.</param>
sealed class StepSummary(string path)
{
    // GitHub shows nothing at all of a step that wrote more than a mebibyte.
    const int Most = 1 << 20;

    const string Cut = "\n\n(cut here: GitHub shows no more than 1 MiB of a step)\n";

    /// <summary>Adds lines, as many as the page takes; why it can't be written, or null.</summary>
    public string? Add(IEnumerable<string> lines)
    {
        try
        {
            if (Path.Exists(path) && !FolderCheck.IsPlainFile(path))
            {
                return "it is no file";
            }

            var left = Most - Cut.Length - (File.Exists(path) ? (int)Math.Min(Most, new FileInfo(path).Length) : 0);
            using var file = new StreamWriter(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
            foreach (var line in lines)
            {
                left -= Encoding.UTF8.GetByteCount(line) + 1;
                if (left < 0)
                {
                    file.Write(Cut);
                    break;
                }

                file.WriteLine(line);
            }

            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Journaling.Disk.Describe(error);
        }
    }
}
