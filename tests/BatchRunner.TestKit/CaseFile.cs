using System.Text;

namespace BatchRunner.TestKit;

/// <summary>
/// A test written as a text file: prose, then files after lines `--- path`, then what is expected after lines `=== name`.
/// `--- path (escaped)` writes bytes for \xNN, \t, \r, \n and \\. With BATCHRUNNER_ACCEPT=1 what is expected is rewritten.
/// </summary>
public sealed class CaseFile
{
    readonly string path;
    readonly List<Part> parts;

    CaseFile(string path, List<Part> parts) => (this.path, this.parts) = (path, parts);

    /// <summary>The case's name: its file's, without extension.</summary>
    public string Name => Path.GetFileNameWithoutExtension(path);

    /// <summary>The lines before the first file.</summary>
    public string Prose => parts[0].Body;

    /// <summary>The files' paths in order.</summary>
    public IEnumerable<string> FileNames => parts.Where(part => part.Kind == Kind.File).Select(part => part.Name);

    /// <summary>What one of its files says.</summary>
    public string Text(string file) => parts.First(part => part.Kind == Kind.File && part.Name == file).Body;

    /// <summary>The full path of a file or folder of the repository.</summary>
    public static string PathOf(string name) => Path.Combine(Root(), name);

    /// <summary>The names of the cases in a folder below the repository's root, for a theory's data.</summary>
    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*.txt")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal);

    /// <summary>Reads the case of a name in a folder below the repository's root.</summary>
    public static CaseFile Load(string folder, string name)
    {
        var path = PathOf($"{folder}/{name}.txt");
        List<Part> parts = [new(Kind.Prose, "", "", "")];
        foreach (var line in File.ReadAllText(path).SplitAfter('\n'))
        {
            var heading = line.TrimEnd('\n');
            if (heading.StartsWith("--- ", StringComparison.Ordinal))
            {
                parts.Add(
                    new(Kind.File, heading[4..].Replace(" (escaped)", "", StringComparison.Ordinal), heading, ""));
            }
            else if (heading.StartsWith("=== ", StringComparison.Ordinal))
            {
                parts.Add(new(Kind.Expected, heading[4..], heading, ""));
            }
            else
            {
                parts[^1] = parts[^1] with { Body = parts[^1].Body + line };
            }
        }

        return new(path, parts);
    }

    /// <summary>Writes the case's files into a folder.</summary>
    public void WriteFiles(TempFolder folder)
    {
        foreach (var part in parts.Where(part => part.Kind == Kind.File))
        {
            var file = folder[part.Name];
            Directory.CreateDirectory(Path.GetDirectoryName(file) ?? folder.FullPath);
            File.WriteAllBytes(file, part.IsEscaped ? Unescape(part.Body) : Encoding.UTF8.GetBytes(part.Body));
        }
    }

    /// <summary>What the case expects under a name; when accepting, what it gets is written there first.</summary>
    public string Expected(string name, string actual)
    {
        var index = parts.FindIndex(part => part.Kind == Kind.Expected && part.Name == name);
        if (Environment.GetEnvironmentVariable("BATCHRUNNER_ACCEPT") == "1")
        {
            var accepted = new Part(Kind.Expected, name, "=== " + name, actual);
            if (index < 0)
            {
                parts.Add(accepted);
            }
            else
            {
                parts[index] = accepted;
            }

            var text = parts.Select(part => part.Heading.Length == 0 ? part.Body : $"{part.Heading}\n{part.Body}");
            File.WriteAllText(path, string.Concat(text));
            return actual;
        }

        return index < 0
            ? $"(no section `=== {name}`: set BATCHRUNNER_ACCEPT=1 and read the difference)"
            : parts[index].Body;
    }

    static byte[] Unescape(string text)
    {
        using var bytes = new MemoryStream();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                var width = char.IsHighSurrogate(text[i]) ? 2 : 1;
                bytes.Write(Encoding.UTF8.GetBytes(text, i, width));
                i += width - 1;
                continue;
            }

            i++;
            if (text[i] == 'x')
            {
                bytes.WriteByte(Convert.ToByte(text.Substring(i + 1, 2), 16));
                i += 2;
            }
            else
            {
                bytes.WriteByte((byte)(text[i] switch { 't' => '\t', 'r' => '\r', 'n' => '\n', var other => other }));
            }
        }

        return bytes.ToArray();
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BatchRunner.sln")))
        {
            folder = Path.GetDirectoryName(
                folder) ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        }

        return folder;
    }

    enum Kind
    {
        Prose,
        File,
        Expected,
    }

    sealed record Part(Kind Kind, string Name, string Heading, string Body)
    {
        public bool IsEscaped => Heading.EndsWith(" (escaped)", StringComparison.Ordinal);
    }
}

/// <summary>Cutting text without losing any of it.</summary>
static class Lines
{
    /// <summary>The pieces of a text, each with the character that ends it.</summary>
    public static IEnumerable<string> SplitAfter(this string text, char end)
    {
        for (var start = 0; start < text.Length;)
        {
            var next = text.IndexOf(end, start) + 1;
            next = next == 0 ? text.Length : next;
            yield return text[start..next];
            start = next;
        }
    }
}
