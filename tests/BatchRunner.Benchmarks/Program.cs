using BatchRunner.Benchmarks;
using BatchRunner.Benchmarks.Journals;
using BatchRunner.Benchmarks.Plans;
using BatchRunner.Benchmarks.Processes;
using BatchRunner.Benchmarks.Runs;
using BatchRunner.Benchmarks.Scheduling;
using BatchRunner.Benchmarks.Templating;

var options = new Options(args.Skip(1));
return args.FirstOrDefault() switch
{
    "schedule" => ScheduleBenchmark.Run(options, Console.Out),
    "wall" => await WallBenchmark.Run(options, Console.Out),
    "instant" => await InstantBenchmark.Run(options, Console.Out),
    "plan" => await PlanBenchmark.Run(options, Console.Out),
    "startup" => await StartupBenchmark.Run(options, Console.Out),
    "open" => await OpenBenchmark.Run(options, Console.Out),
    "templates" => TemplateBenchmarks.Run(Console.Out),
    "template-attack" => TemplateAttack.Run(
        options.Number("count", TemplateAttack.DefaultCount), options.Number("seed", TemplateAttack.DefaultSeed), Console.Out),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        usage: COMMAND [--OPTION VALUE]…
          schedule         the scheduler on a virtual clock: --jobs 1000,10000 --slots 1,3,5,10,20 --seed 1
          wall             real time against the simulator, beside Node with the SDK: --jobs 120 --slots 5 --scale 20
          instant          jobs that take no time, end to end: --jobs 10000,100000 --slots 20
          plan             `plan` of large sheets: --rows 50000,1000000
          startup          `--version` and `validate` beside node's: --times 11 --promptfoo PATH
          open             the journal of a finished run: --jobs 100000
          templates        a render beside string.Format
          template-attack  hostile templates: --count 100000 --seed 20261120
        wall, instant, plan, startup and open measure the build beside this, or --product PATH
        """);
    return 2;
}
