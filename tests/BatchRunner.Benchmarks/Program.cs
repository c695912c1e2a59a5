using BatchRunner.Benchmarks.Templating;

return args switch
{
    ["templates"] => TemplateBenchmarks.Run(Console.Out),
    ["template-attack", .. var numbers] => TemplateAttack.Run(
        Number(numbers, 0, TemplateAttack.DefaultCount), Number(numbers, 1, TemplateAttack.DefaultSeed), Console.Out),
    _ => Usage(),
};

static int Number(string[] numbers, int index, int otherwise) =>
    index < numbers.Length && int.TryParse(numbers[index], out var number) ? number : otherwise;

static int Usage()
{
    Console.Error.WriteLine("usage: templates | template-attack [count] [seed]");
    return 2;
}
