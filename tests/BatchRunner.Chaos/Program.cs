using System.Globalization;
using BatchRunner.Chaos;

var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2)
    .ToDictionary(pair => pair[0], pair => int.Parse(pair[1], CultureInfo.InvariantCulture));
int Option(string name, int otherwise) => options.GetValueOrDefault("--" + name, otherwise);

var seed = Option("seed", 1);
var held = args.FirstOrDefault() switch
{
    "locks" => await new Locks(Option("count", 100), seed, Console.Out).Run(),
    "stops" => await new Stops(Option("count", 100), seed, Option("jobs", 60), Console.Out).Run(),
    "faults" => await new Faults(seed, Option("jobs", 2000), Console.Out).Run(),
    "errors" => await new Errors(Option("count", 1000), seed, Option("most", 12), Console.Out).Run(),
    "kills" => await new Kills(Option("count", 1000), seed, Option("jobs", 120), Console.Out).Run(),
    "power" => await new Power(Option("count", 20), seed, Option("jobs", 60), Option("control", 0) != 0, Console.Out).Run(),
    "journal" => await new Damage(Option("records", 1000), Option("step", 16), seed, Console.Out).Run(),
    _ => Usage(),
};
return held ? 0 : 1;

static bool Usage()
{
    Console.Error.WriteLine("usage: chaos locks|stops|faults|errors|kills|power|journal [--count N] [--seed N] [--jobs N]");
    return false;
}
