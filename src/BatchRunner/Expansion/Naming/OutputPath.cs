using System.Text;

namespace BatchRunner.Expansion.Naming;

/// <summary>
/// Where a job's file goes, below the run's folder. Only a slash written in `output` itself makes a folder: it is marked
/// before the template runs with a character no value can hold.
/// </summary>
static class OutputPath
{
    /// <summary>Half a surrogate pair: no UTF-8 text holds one alone.</summary>
    public const char Slash = '\uDFFF';

    const int MostBytes = 150;
    const string Around = "write something before or after the cell in `output`";

    static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL"];

    /// <summary>The template's text with each slash outside of code marked; every offset stays.</summary>
    public static string Marked(string text)
    {
        var marked = new StringBuilder(text);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '{' && i + 1 < text.Length && text[i + 1] == '{')
            {
                i = CodeEnd(text, i + 2) - 1;
            }
            else if (text[i] == '/')
            {
                marked[i] = Slash;
            }
        }

        return marked.ToString();
    }

    /// <summary>The path of a rendered template.</summary>
    public static string Of(string rendered) =>
        string.Join('/', rendered.Split(Slash).Select(segment => Slug.Cleaned(segment.Trim())));

    /// <summary>Why a path can't be a file's, or null.</summary>
    public static OutputRefusal? Refusal(string path) =>
        path.Split('/').Select(Refused).FirstOrDefault(refusal => refusal is not null);

    static OutputRefusal? Refused(string segment) =>
        segment.Length == 0 ? new("a part of it is empty", "catch the blank cell: `{{ … ?? 'none' }}`")
        : segment.Trim('.').Length == 0 ? new($"`{segment}` is only dots", Around)
        : segment.EndsWith('.') ? new($"`{segment}` ends in a dot", Around)
        : IsOurs(segment) ? new($"`{segment}` is a folder of BatchRunner's own", Around)
        : IsDevice(segment) ? new($"`{segment}` is a device on Windows", Around)
        : Encoding.UTF8.GetByteCount(segment) is var bytes and > MostBytes
            ? new($"a part of it has {bytes} bytes, but {MostBytes} is the most", "shorten it: `{{ … | string.truncate 60 }}`")
        : null;

    static bool IsOurs(string segment) =>
        segment.Equals(".batchrunner", StringComparison.OrdinalIgnoreCase) || segment.Equals("superseded", StringComparison.OrdinalIgnoreCase);

    static bool IsDevice(string segment)
    {
        var dot = segment.IndexOf('.', StringComparison.Ordinal);
        var name = (dot < 0 ? segment : segment[..dot]).ToUpperInvariant();
        return Devices.Contains(name)
            || (name.Length == 4 && name[..3] is "COM" or "LPT" && (name[3] is (>= '1' and <= '9') or '¹' or '²' or '³'));
    }

    // The braces that close code, not those inside its texts.
    static int CodeEnd(string text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] is '"' or '\'' or '`' && TextEnd(text, i) is var end and > 0)
            {
                i = end;
            }
            else if (text[i] == '}' && i + 1 < text.Length && text[i + 1] == '}')
            {
                return i + 2;
            }
        }

        return text.Length;
    }

    static int TextEnd(string text, int quote)
    {
        for (var i = quote + 1; i < text.Length; i++)
        {
            if (text[i] == '\\' && text[quote] != '`')
            {
                i++;
            }
            else if (text[i] == text[quote])
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>Why a path can't be a file's, and what to do about it.</summary>
sealed record OutputRefusal(string Why, string Hint);
