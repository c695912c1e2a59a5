namespace BatchRunner.Benchmarks.Processes;

/// <summary>How long it takes until the program has said something, beside node and, if one is given, promptfoo.</summary>
static class StartupBenchmark
{
    public static async Task<int> Run(Options options, TextWriter output)
    {
        var product = new Product(options.Text("product"));
        var times = options.Number("times", 11);
        var example = options.Text("example") ?? Path.Combine("examples", "product-ab", "batch.yaml");
        await output.WriteLineAsync($"{product.Name}; median of {times}; {Machine.Now}");
        var node = await Child.Median(times, ["node", "--version"]);
        await Write(output, "node --version", node, node);
        await Write(output, "--version", await Child.Median(times, [.. product.Words, "--version"]), node);
        await Write(output, $"validate {example}", await Child.Median(times, [.. product.Words, "validate", example]), node);
        await Write(output, $"plan {example}", await Child.Median(times, [.. product.Words, "plan", example]), node);
        if (options.Text("promptfoo") is { } promptfoo)
        {
            await Write(output, "promptfoo --version", await Child.Median(times, ["node", promptfoo, "--version"]), node);
        }

        return 0;
    }

    static Task Write(TextWriter output, string what, Child child, Child node) => output.WriteLineAsync(
        $"{what,-46} {child.Seconds * 1000,6:0} ms {child.PeakMegabytes,5:0} MB   {child.Seconds / node.Seconds:0.0} times node --version");
}
