using System.Diagnostics;
using BatchRunner.Benchmarks.Processes;
using BatchRunner.Catalogue;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.Views.Plans;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Keys;
using BatchRunner.Expansion.Sources;
using BatchRunner.Journaling;
using BatchRunner.Manifests;
using BatchRunner.Planning;
using BatchRunner.Templating;

namespace BatchRunner.Benchmarks.Plans;

/// <summary>
/// `plan` of large sheets as a program: rows a second and peak memory. Then its parts, one after the other in this process:
/// which share of the work is reading the sheet, rendering, hashing and printing; the rest makes, checks and prices requests.
/// </summary>
static class PlanBenchmark
{
    public static async Task<int> Run(Options options, TextWriter output)
    {
        var product = new Product(options.Text("product"));
        await output.WriteLineAsync($"{product.Name}; {Machine.Now}");
        foreach (var rows in options.Numbers("rows", 50_000, 1_000_000))
        {
            using var sheets = new Sheets(rows);
            var raw = Stopwatch.StartNew();
            var bytes = (await File.ReadAllBytesAsync(Path.Combine(sheets.Folder, "messages.csv"))).Length;
            var read = raw.Elapsed.TotalSeconds;
            foreach (var form in new[] { "table", "--json", "--csv" })
            {
                var child = await product.Run(
                    sheets.Folder, new Dictionary<string, string>(), ["plan", "batch.yaml", .. form == "table" ? [] : new[] { form }]);
                await output.WriteLineAsync(
                    $"{rows,9:0} rows, {form,-7} {child.Seconds,6:0.0} s, {rows / child.Seconds,9:0} rows a second, peak {child.PeakMegabytes,5:0} MB, "
                    + $"{child.Seconds / read,5:0} times reading the file's {bytes >> 20} MB");
            }

            if (rows <= options.Number("parts", 100_000))
            {
                await WriteParts(sheets, output);
            }
        }

        return 0;
    }

    // Each part is done a first time unmeasured, so that what is measured is the work and not the compiler.
    static async Task WriteParts(Sheets sheets, TextWriter output)
    {
        var problems = new DiagnosticBag();
        var manifest = ManifestReader.Read(sheets.Batch, null, problems) ?? throw new InvalidOperationException("the manifest is wrong");
        var variable = manifest.Variables[0];
        var rows = new RowReader(manifest, problems, default).Read(variable) ?? throw new InvalidOperationException("the sheet is wrong");
        var template = Template.Parse(manifest.Arms[0].Text.Text, TemplateOptions.Batch);
        var model = new TemplateModel { ["brand"] = new TemplateMap { Name = "brand", ["tone"] = "calm and premium" } };
        using var interrupts = new Interrupts();
        var nobody = Surroundings.OfProcess(interrupts) with { Output = TextWriter.Null, AnswerWidth = null };
        var view = new PlanView(new Voice(nobody, DiagnosticForm.Full, mayColour: false));
        var batch = Expand();
        var all = Time(() => Expand());
        var csv = Time(() => new RowReader(manifest, problems, default).Read(variable));
        var templates = Time(() =>
        {
            foreach (var row in rows.Rows)
            {
                model[variable.Name] = row.Model;
                _ = template.Render(model, default).Text;
            }
        });
        var requests = batch.Jobs.Select(job => (job.Endpoint, Request: (string)job.Request, job.Take)).ToList();
        var hashing = Time(() => requests.ForEach(one => JobKeys.Of(one.Endpoint, one.Request, one.Take)));
        var printing = Time(() => view.Write(new PlanFacts(Planner.Plan(batch, JournalContents.Empty), null, null, null, IsSimulated: false)));
        var sum = all + printing;
        await output.WriteLineAsync(
            $"          warm, {sum:0.00} s: sheet {csv / sum:0 %}, templates {templates / sum:0 %}, hashing {hashing / sum:0 %}, "
            + $"planning and printing {printing / sum:0 %}, requests made, checked and priced {(all - csv - templates - hashing) / sum:0 %}");

        ExpandedBatch Expand() => Expander.Expand(manifest, ModelCatalogue.BuiltIn, problems, default)
            ?? throw new InvalidOperationException("the batch is wrong");
    }

    static double Time(Action work)
    {
        work();
        var clock = Stopwatch.StartNew();
        work();
        return clock.Elapsed.TotalSeconds;
    }
}
