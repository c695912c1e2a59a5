using System.Globalization;
using System.Text;
using System.Xml;
using BatchRunner.Jobs;
using BatchRunner.Journaling.Guarding;

namespace BatchRunner.Results;

/// <summary>
/// Writes a results table as JUnit XML, for the test pages of CI systems: a job is a test case of its template. Failed and
/// screened jobs are failures, unknown ones errors; what was cancelled or is not finished is skipped.
/// </summary>
static class JUnitXml
{
    /// <summary>
    /// Whether a path may be written: a new file that ends in `.xml`, or a regular one that is empty or JUnit XML. A slip of the
    /// hand must not cost a clip, a manifest or a journal.
    /// </summary>
    public static bool MayWrite(string path)
    {
        if (!path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            if (!Path.Exists(path))
            {
                return !FolderCheck.IsLink(path);
            }

            if (!FolderCheck.IsPlainFile(path))
            {
                return false;
            }

            using var file = File.OpenHandle(path);
            Span<byte> first = stackalloc byte[200];
            var read = RandomAccess.Read(file, first, 0);
            return read == 0 || first[..read].IndexOf("<testsuites"u8) >= 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="name">The run's.</param>
    /// <param name="table">The rows; orphans are left out.</param>
    public static void Write(Stream output, string name, ResultsTable table)
    {
        using var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) });
        var rows = table.Rows.Where(row => !row.IsOrphaned).ToList();
        xml.WriteStartElement("testsuites");
        WriteTotals(xml, name, rows);
        foreach (var arm in rows.GroupBy(row => row.Job.Template ?? name))
        {
            xml.WriteStartElement("testsuite");
            WriteTotals(xml, arm.Key, [.. arm]);
            foreach (var row in arm)
            {
                Write(xml, arm.Key, row);
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static void WriteTotals(XmlWriter xml, string name, List<ResultRow> rows)
    {
        Attribute(xml, "name", name);
        Attribute(xml, "tests", Number(rows.Count));
        Attribute(xml, "failures", Number(rows.Count(row => Element(row.State.Status) == "failure")));
        Attribute(xml, "errors", Number(rows.Count(row => Element(row.State.Status) == "error")));
        Attribute(xml, "skipped", Number(rows.Count(row => Element(row.State.Status) == "skipped")));
        Attribute(xml, "time", Number(rows.Sum(Seconds)));
    }

    static void Write(XmlWriter xml, string template, ResultRow row)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", template);
        Attribute(xml, "name", row.Job.Id);
        Attribute(xml, "time", Number(Seconds(row)));
        if (Element(row.State.Status) is { } element)
        {
            xml.WriteStartElement(element);
            Attribute(xml, "message", string.Join("; ", new[] { row.Failure ?? Word(row.State.Status), row.NextStep }.OfType<string>()));
            if (element != "skipped")
            {
                Attribute(xml, "type", row.FailureCode ?? Word(row.State.Status));
            }

            xml.WriteEndElement();
        }

        if (row.State.Files.Length > 0)
        {
            xml.WriteElementString("system-out", Text(string.Join('\n', row.State.Files.Select(file => file.Path))));
        }

        xml.WriteEndElement();
    }

    static string? Element(JobStatus status) => status switch
    {
        JobStatus.Done => null,
        JobStatus.Failed or JobStatus.Screened => "failure",
        JobStatus.Unknown => "error",
        _ => "skipped",
    };

    static decimal Seconds(ResultRow row) => row.TotalSeconds ?? 0;

    static string Word(JobStatus status) => status.ToString().ToLowerInvariant();

    static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);

    static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Text(value));

    // XML has no way to write most control characters, nor half of a surrogate pair.
    static string Text(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isText = rune.Value is '\t' or '\n' or '\r' or (>= ' ' and < 0x7f) or (> 0x9f and not 0xfffe and not 0xffff);
            safe.Append(isText ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"));
        }

        return safe.ToString();
    }
}
