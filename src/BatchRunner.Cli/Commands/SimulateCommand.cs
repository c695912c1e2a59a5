using System.CommandLine;
using System.Globalization;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;

namespace BatchRunner.Cli.Commands;

/// <summary>`simulate`: the simulator on a port, for any client, until Ctrl-C.</summary>
static class SimulateCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var port = Options.Integer("--port", "the port on loopback; without it a free one is chosen", 0, 65535);
        var seed = Options.Integer("--seed", "the same seed and requests give the same ids, times and endings (0)", 0);
        var scale = Options.Number("--time-scale", "how many times faster everything happens (1)", 0.001m, 100_000m);
        var slots = Options.Integer("--slots", "tasks that run at once, for every model (5)", 1, 10_000);
        var faults = Options.Text("--faults", "SPEC", "what goes wrong, such as 'post:503=3x, task:failed:INTERNAL=#4'");
        var command = new Verb("simulate", "serves the simulated Runway API on a loopback port, until Ctrl-C")
        {
            Examples =
            [
                ("simulate --port 4711", "then set RUNWAYML_BASE_URL=http://127.0.0.1:4711 and any key"),
                ("simulate --time-scale 50", "a clip takes two seconds instead of two minutes"),
            ],
            Options = { port, seed, scale, slots, faults },
        };
        command.SetAction((parsed, _) =>
        {
            var voice = manner.Of(parsed, outside);
            if (FaultPlan.Parse(parsed.GetValue(faults) ?? "", out var problem) is not { } plan)
            {
                return Task.FromResult(voice.Refuse(UsageProblems.BadFaults(problem ?? "")));
            }

            return Serve(
                new SimulatorOptions
                {
                    Port = parsed.GetValue(port) ?? 0,
                    Seed = parsed.GetValue(seed) ?? 0,
                    TimeScale = (double)(parsed.GetValue(scale) ?? 1),
                    Slots = parsed.GetValue(slots),
                    Faults = plan,
                },
                voice,
                outside);
        });
        return command;
    }

    static async Task<int> Serve(SimulatorOptions options, Voice voice, Surroundings outside)
    {
        SimulatorServer server;
        try
        {
            server = await SimulatorServer.Start(options, outside.Time, outside.Interrupts.Drain);
        }
        catch (IOException) when (options.Port != 0)
        {
            // Kestrel says so with an IOException, whatever the system called it.
            return voice.Refuse(UsageProblems.PortTaken(options.Port));
        }

        await using (server)
        {
            var address = server.BaseAddress.GetLeftPart(UriPartial.Authority);
            voice.Answer(voice.IsJson ? JsonLine.Of("simulator", json => json.WriteString("address", address)) : address);
            voice.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"simulating Runway at {options.TimeScale:0.###} times real time; any key is taken, nothing is paid; Ctrl-C ends it"));
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, outside.Time, outside.Interrupts.Drain);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it is meant to end.
            }
        }

        return ExitCode.Done;
    }
}
