using System.Globalization;
using BatchRunner.Chaos;

// chaos kills [--count 1000] [--seed 1] [--jobs 120]
var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2)
    .ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
int Option(string name, int otherwise) => options.GetValueOrDefault("--" + name, otherwise);

var held = args.FirstOrDefault() switch
{
    "kills" => await new Kills(Option("count", 1000), Option("seed", 1), Option("jobs", 120), Console.Out).Run(),
    _ => Usage(),
};
return held ? 0 : 1;

static bool Usage()
{
    Console.Error.WriteLine("usage: chaos kills [--count N] [--seed N] [--jobs N]");
    return false;
}
