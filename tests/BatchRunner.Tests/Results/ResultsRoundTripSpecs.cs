using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.TestKit;
using BatchRunner.TestKit.Fakes;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Results;

/// <summary>What is read back from results.csv by those who open it.</summary>
public sealed partial class ResultsRoundTripSpecs : IDisposable
{
    static readonly string[] Columns = ["id", "text"];

    static readonly ResultsTable Table = new(
        [new Axis("cell", Columns)],
        [.. InjectionCorpus.Cells.Select((cell, i) => new ResultRow(
            MadeJobs.Job(i) with { Prompt = cell, Rows = [new AxisRow("cell", $"c{i:00}", Columns, [$"c{i:00}", cell])] }, JobState.New))]);

    readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void There_are_sixty_cells_and_all_differ() =>
        Assert.Equal(60, InjectionCorpus.Cells.Distinct(StringComparer.Ordinal).Count());

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Our_own_reader_gives_every_cell_back(bool withMark)
    {
        File.WriteAllBytes(folder["results.csv"], ResultsCsv.Write(Table, withMark));
        folder.Write("batch.yaml", """
            version: 1
            templates: { again: "a clip" }
            variables: { old: results.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 5 }
            id: "{{ old.job }}"
            dedupe: share
            """);

        var expanded = Expanded.Of(folder["batch.yaml"]);

        Assert.DoesNotContain(expanded.Problems, problem => problem.Severity == Diagnostics.Severity.Error);
        Assert.Equal(InjectionCorpus.Cells.Count, expanded.Jobs.Count);
        foreach (var (cell, job) in InjectionCorpus.Cells.Zip(expanded.Jobs))
        {
            var row = Assert.Single(job.Rows);

            // A cell is text, trimmed: so was every value and prompt before it came into results.csv.
            Assert.Equal(cell.Trim(), row.Values[row.Columns.ToList().IndexOf("prompt")]);
            Assert.Equal(cell.Trim(), row.Values[row.Columns.ToList().IndexOf("cell.text")]);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Python_gives_every_cell_back(bool withMark)
    {
        var python = Tools.Find("python3");
        Assert.SkipWhen(python is null, "`python3` is not installed");
        await File.WriteAllBytesAsync(folder["results.csv"], ResultsCsv.Write(Table, withMark), TestContext.Current.CancellationToken);

        var said = await Run(
            python,
            "-c",
            "import csv, json, sys; json.dump(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8-sig'))), sys.stdout)",
            folder["results.csv"]);

        AssertCells(JsonSerializer.Deserialize<List<List<string>>>(said) ?? []);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pandas_gives_every_cell_back_when_columns_are_read_as_text(bool withMark)
    {
        const string Script = "import json, sys, pandas; sheet = pandas.read_csv(sys.argv[1], dtype=str, keep_default_na=False); "
            + "json.dump([list(sheet.columns)] + sheet.values.tolist(), sys.stdout)";
        var python = await Tools.Python("pandas");
        Assert.SkipWhen(python is null, "no `python3` has `pandas`");
        await File.WriteAllBytesAsync(folder["results.csv"], ResultsCsv.Write(Table, withMark), TestContext.Current.CancellationToken);

        AssertCells(JsonSerializer.Deserialize<List<List<string>>>(await Run(python, "-c", Script, folder["results.csv"])) ?? []);
    }

    [Fact]
    public async Task LibreOffice_gives_every_cell_back_when_columns_are_read_as_text()
    {
        var office = Tools.Find("soffice");
        Assert.SkipWhen(office is null, "`soffice` is not installed");
        await File.WriteAllBytesAsync(folder["results.csv"], ResultsCsv.Write(Table), TestContext.Current.CancellationToken);
        var asText = string.Join('/', Enumerable.Range(1, ResultsCsv.Header(Table.Axes).Count).Select(column => $"{column}/2"));

        await Convert(office, $"CSV:44,34,76,1,{asText}", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true");

        // A cell of LibreOffice knows one kind of line break.
        AssertCells(
            CsvText.Read(await File.ReadAllTextAsync(folder["made/results.csv"], TestContext.Current.CancellationToken)),
            cell => cell.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LibreOffice_runs_no_cell_when_it_just_opens_the_file(bool withMark)
    {
        var office = Tools.Find("soffice");
        Assert.SkipWhen(office is null, "`soffice` is not installed");
        await File.WriteAllBytesAsync(folder["results.csv"], ResultsCsv.Write(Table, withMark), TestContext.Current.CancellationToken);

        // Evaluating formulas is what a user may have switched on.
        await Convert(office, "CSV:44,34,76,1,,0,false,true,true,false,false,0,true", "fods");

        var sheet = await File.ReadAllTextAsync(folder["made/results.fods"], TestContext.Current.CancellationToken);
        Assert.Contains("'=HYPERLINK", sheet.Replace("&apos;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("table:formula", sheet, StringComparison.Ordinal);
        Assert.DoesNotMatch(Links(), sheet);
    }

    static void AssertCells(IReadOnlyList<IReadOnlyList<string>> rows, Func<string, string>? seen = null)
    {
        var cells = InjectionCorpus.Cells.Select(seen ?? (cell => cell));
        Assert.Equal(ResultsCsv.Header(Table.Axes), rows[0]);
        var (prompt, text) = (rows[0].ToList().IndexOf("prompt"), rows[0].ToList().IndexOf("cell.text"));
        Assert.Equal(cells, rows.Skip(1).Select(row => FormulaGuard.Remove(row[prompt])));
        Assert.Equal(cells, rows.Skip(1).Select(row => FormulaGuard.Remove(row[text])));
    }

    Task<string> Convert(string office, string from, string to) => Run(
        office, "--headless", "--norestore", $"-env:UserInstallation=file://{folder["office"]}", $"--infilter={from}",
        "--convert-to", to, "--outdir", folder["made"], folder["results.csv"]);

    static async Task<string> Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })
            ?? throw new InvalidOperationException($"`{program}` did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, output + await errors);
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex("<text:a |xlink:href=\"http|<dde|table-source")]
    private static partial Regex Links();
}

/// <summary>Reads RFC 4180, as somebody who knows nothing of CsvHelper would.</summary>
static class CsvText
{
    public static List<List<string>> Read(string text)
    {
        List<List<string>> rows = [[]];
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    i++;
                }
                else if (c == '"')
                {
                    isQuoted = false;
                    continue;
                }

                field.Append(c);
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c is ',' or '\n')
            {
                rows[^1].Add(field.ToString());
                field.Clear();
                if (c == '\n' && i + 1 < text.Length)
                {
                    rows.Add([]);
                }
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        return rows;
    }
}
