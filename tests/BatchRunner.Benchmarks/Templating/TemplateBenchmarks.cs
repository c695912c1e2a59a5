using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchRunner.Templating;

namespace BatchRunner.Benchmarks.Templating;

/// <summary>Renders a typical prompt on one core, beside <c>string.Format</c> of the same text.</summary>
static class TemplateBenchmarks
{
    const string Prompt =
        """
        {{ message.scene | string.capitalize }} on {{ message.surface }}, {{ message.move | string.strip }}, soft morning light, {{ brand.tone }}.
        {{ if message.cta }}Ends on the words "{{ message.cta }}". {{ end }}Details: {{ for d in brand.details }}{{ d }}; {{ end }}no text overlays.
        """;

    static readonly CompositeFormat format = CompositeFormat.Parse(
        """
        {0} on {1}, {2}, soft morning light, {3}.
        Ends on the words "{4}". Details: {5}; {6}; {7}; no text overlays.
        """);

    static readonly TimeSpan round = TimeSpan.FromSeconds(1);

    public static int Run(TextWriter output)
    {
        var template = Template.Parse(Prompt, TemplateOptions.Batch);
        var model = Model();
        var rendered = template.Render(model, CancellationToken.None);
        if (rendered.Text != Formatted())
        {
            output.WriteLine($"the two texts differ: {rendered.Problem?.Message ?? rendered.Text}");
            return 1;
        }

        _ = Measure(() => Formatted().Length);
        var formatting = Measure(() => Formatted().Length);
        _ = Measure(() => template.Render(model, CancellationToken.None).Text.Length);
        var rendering = Measure(() => template.Render(model, CancellationToken.None).Text.Length);
        var parsing = Measure(() => Template.Parse(Prompt, TemplateOptions.Batch).Problems.Count);

        output.WriteLine($"prompt of {rendered.Text.Length} characters, one core");
        Write(output, "string.Format", formatting);
        Write(output, "render", rendering);
        Write(output, "parse", parsing);
        output.WriteLine($"render is {formatting.PerSecond / rendering.PerSecond:F1} times slower than string.Format");
        return 0;
    }

    static void Write(TextWriter output, string what, (double PerSecond, double Bytes) figures) =>
        output.WriteLine($"{what,-14} {figures.PerSecond,12:N0} a second {figures.Bytes,8:N0} bytes each");

    static (double PerSecond, double Bytes) Measure(Func<int> work)
    {
        var best = 0.0;
        var bytes = 0.0;
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            var count = 0L;
            while (clock.Elapsed < round)
            {
                for (var j = 0; j < 1000; j++)
                {
                    _ = work();
                }

                count += 1000;
            }

            best = Math.Max(best, count / clock.Elapsed.TotalSeconds);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / (double)count;
        }

        return (best, bytes);
    }

    static TemplateModel Model() => new()
    {
        ["message"] = new TemplateRow("message", new(["id", "scene", "surface", "move", "cta"]),
        [
            new Cell("m1"), new Cell("a ceramic mug"), new Cell("washed linen"), new Cell("slow push-in"), new Cell("Wake up slowly"),
        ]),
        ["brand"] = new TemplateMap
        {
            Name = "brand",
            ["tone"] = "calm and premium",
            ["details"] = new List<object?> { "steam", "shallow focus", "film grain" },
        },
    };

    static string Formatted() => string.Format(CultureInfo.InvariantCulture, format,
        "A ceramic mug", "washed linen", "slow push-in", "calm and premium", "Wake up slowly", "steam", "shallow focus", "film grain");
}
