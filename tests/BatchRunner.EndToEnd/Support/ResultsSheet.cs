namespace BatchRunner.EndToEnd.Support;

/// <summary>results.csv as a stranger's reader sees it (RFC 4180), without the library that wrote it.</summary>
static class ResultsSheet
{
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string path)
    {
        var records = Records(File.ReadAllText(path)).ToList();
        var header = records[0];
        return
        [
            .. records.Skip(1).Select(record =>
            {
                Assert.Equal(header.Count, record.Count);
                return (IReadOnlyDictionary<string, string>)header.Zip(record).ToDictionary(p => p.First, p => p.Second);
            }),
        ];
    }

    static IEnumerable<List<string>> Records(string text)
    {
        var record = new List<string>();
        var cell = new System.Text.StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"')
                {
                    cell.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && cell.Length == 0)
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                record.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
            else
            {
                cell.Append(c);
            }
        }
    }
}
