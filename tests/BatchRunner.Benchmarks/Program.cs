using BatchRunner.Benchmarks.Templating;

return args switch
{
    ["templates"] => TemplateBenchmarks.Run(Console.Out),
    ["template-attack"] => TemplateAttack.Run(100_000, Console.Out),
    ["template-attack", var count] when int.TryParse(count, out var number) => TemplateAttack.Run(number, Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("usage: templates | template-attack [count]");
    return 2;
}
