using System.CommandLine;
using System.Globalization;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Simulator;
using BatchRunner.Simulator.Faults;
using Microsoft.AspNetCore.Connections;

namespace BatchRunner.Cli.Commands;

/// <summary>`simulate`: the simulator on a port, for any client, until Ctrl-C.</summary>
static class SimulateCommand
{
    public static Command Build(Manner manner, Surroundings outside)
    {
        var port = Options.Integer("--port", "the port on loopback; without it a free one is chosen", 0, 65535);
        var seed = Options.Integer("--seed", "the same seed and requests give the same ids, times and endings (0)", 0);
        var scale = Options.Number("--time-scale", "how many times faster everything happens (1)", 0.001m, 100_000m);
        var tier = Options.Integer("--tier", "the account's tier: its slots and its daily cap (3)", 1, 5);
        var slots = Options.Integer("--slots", "tasks that run at once, for every model, instead of the tier's", 1, 10_000);
        var cap = Options.Integer("--daily-cap", "generations of each model in 24 hours, instead of the tier's", 1);
        var credits = Options.Number("--credits", "the balance before the first charge (100000)", 0, 1_000_000_000);
        var key = Options.Text("--key", "KEY", "the only key that is taken, made up by you; without it any is");
        var state = Options.Text("--state", "FILE", "keep tasks and charges in FILE, and go on from there; without it in memory");
        var models = CatalogueFile.Option();
        var faults = Options.Text("--faults", "SPEC", "what goes wrong, such as 'post:503=3x, task:failed:INTERNAL=#4'; '@FILE' reads it from FILE");
        var command = new Verb("simulate", "serves the simulated Runway API on a loopback port, until Ctrl-C")
        {
            Examples =
            [
                ("simulate --port 4711", "then set RUNWAYML_BASE_URL=http://127.0.0.1:4711 and any key"),
                ("simulate --time-scale 50", "a clip takes two seconds instead of two minutes"),
                ("simulate --tier 1 --credits 200", "an account that soon has no slot and no credits left"),
            ],
            Options = { port, seed, scale, tier, slots, cap, credits, key, state, faults, models },
        };
        command.SetAction((parsed, _) =>
        {
            var voice = manner.Of(parsed, outside);
            if (Written(parsed.GetValue(faults) ?? "") is not { } written)
            {
                return Task.FromResult(voice.Refuse(UsageProblems.NoSuchFile("--faults", parsed.GetValue(faults)?[1..] ?? "")));
            }

            if (FaultPlan.Parse(written, out var problem) is not { } plan)
            {
                return Task.FromResult(voice.Refuse(UsageProblems.BadFaults(problem ?? "")));
            }

            var problems = new DiagnosticBag();
            if (CatalogueFile.Load(parsed.GetValue(models), problems) is not { } catalogue)
            {
                voice.Write(problems);
                return Task.FromResult(ExitCode.Usage);
            }

            var usual = new SimulatorOptions();
            return Serve(
                usual with
                {
                    Port = parsed.GetValue(port) ?? usual.Port,
                    Seed = parsed.GetValue(seed) ?? usual.Seed,
                    TimeScale = (double)(parsed.GetValue(scale) ?? 1),
                    Tier = parsed.GetValue(tier) ?? usual.Tier,
                    Slots = parsed.GetValue(slots),
                    DailyCap = parsed.GetValue(cap),
                    Credits = parsed.GetValue(credits) ?? usual.Credits,
                    Key = parsed.GetValue(key),
                    StateFile = parsed.GetValue(state),
                    Faults = plan,
                    Catalogue = catalogue,
                },
                voice,
                outside);
        });
        return command;
    }

    // The plan's text, or null if it is said to be in a file that can't be read.
    static string? Written(string faults)
    {
        try
        {
            return faults.StartsWith('@') ? File.ReadAllText(faults[1..]) : faults;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    static async Task<int> Serve(SimulatorOptions options, Voice voice, Surroundings outside)
    {
        SimulatorServer server;
        try
        {
            server = await SimulatorServer.Start(options, outside.Time, outside.Interrupts.Drain);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            return voice.Refuse(UsageProblems.PortTaken(options.Port));
        }
        catch (InvalidDataException) when (options.StateFile is not null)
        {
            return voice.Refuse(UsageProblems.NoState(options.StateFile, "is not a file the simulator wrote, or is damaged"));
        }
        catch (Exception error) when (options.StateFile is not null && error is IOException or UnauthorizedAccessException)
        {
            return voice.Refuse(UsageProblems.NoState(options.StateFile, "can't be opened for writing, or another simulator holds it"));
        }

        await using (server)
        {
            var address = server.BaseAddress.GetLeftPart(UriPartial.Authority);
            voice.Answer(voice.IsJson ? JsonLine.Of("simulator", json => json.WriteString("address", address)) : address);
            var taken = options.Key is null ? "any key is taken" : "one key is taken";
            voice.Say(string.Create(
                CultureInfo.InvariantCulture,
                $"simulating Runway at {options.TimeScale:0.###} times real time; {taken}, nothing is paid; Ctrl-C ends it"));
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
