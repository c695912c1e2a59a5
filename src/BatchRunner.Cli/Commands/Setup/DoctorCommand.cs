using BatchRunner.Cli.Checkups;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Runs.Gates;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Runway;
using BatchRunner.Simulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner.Cli.Commands.Setup;

/// <summary>`doctor`: looks at everything a run needs from outside. Pays nothing, changes nothing, prints no key.</summary>
static class DoctorCommand
{
    static readonly int[] ByGravity = [ExitCode.Folder, ExitCode.Account, ExitCode.Unfinished, ExitCode.Usage];

    public static Verb Build(Manner manner, Surroundings outside)
    {
        var simulate = Options.Switch("--simulate", "look at the built-in simulator instead of Runway: needs no key");
        var baseUrl = Options.Text("--base-url", "URL", "another server that speaks the API (also RUNWAYML_BASE_URL)");
        var output = Options.Text("--output", "DIR", "where runs will be kept (the current folder)", "-o");
        var command = new Verb("doctor", "checks key, account, disk, clock and ffmpeg, and says what to do; pays nothing")
        {
            Examples =
            [
                ("doctor", "before the first run on a machine; exit 0: nothing is in the way"),
                ("doctor --simulate", "what needs no key"),
                ("doctor -o /mnt/clips --json", "for a folder on another disk, for a program"),
            ],
            Options = { simulate, baseUrl, output },
        };
        command.Does(
            manner,
            outside,
            (parsed, problems) =>
            {
                if (parsed.GetValue(simulate) && parsed.GetValue(baseUrl) is not null)
                {
                    problems.Add(UsageProblems.SimulateAndBaseUrl());
                    return null;
                }

                return new DoctorRequest(parsed.GetValue(simulate), parsed.GetValue(baseUrl), parsed.GetValue(output) ?? ".");
            },
            (request, _, voice) => Check(request, voice, outside));
        return command;
    }

    static async Task<int> Check(DoctorRequest request, Voice voice, Surroundings outside)
    {
        var findings = new List<Finding>();
        await foreach (var finding in Findings(request, outside))
        {
            findings.Add(finding);
            Say(finding, voice);
        }

        var fails = findings.Where(finding => finding.Health == Health.Fail).Select(finding => finding.Exit).ToHashSet();
        var warnings = findings.Count(finding => finding.Health == Health.Warn);
        voice.Say(fails.Count > 0 ? "something is in the way of a run" : warnings > 0 ? "nothing is in the way of a run" : "all is well");
        return ByGravity.FirstOrDefault(fails.Contains, ExitCode.Done);
    }

    static async IAsyncEnumerable<Finding> Findings(DoctorRequest request, Surroundings outside)
    {
        await foreach (var finding in Account(request, outside))
        {
            yield return finding;
        }

        foreach (var finding in DiskCheckup.Of(request.Folder, outside))
        {
            yield return finding;
        }

        if (Moderation(outside) is { } moderation)
        {
            yield return moderation;
        }

        yield return Programs.Find("ffmpeg", outside) is { } ffmpeg
            ? new Finding("ffmpeg", Health.Ok, SafeText.Line(ffmpeg))
            : new Finding("ffmpeg", Health.Warn, "not in PATH; no run needs it, only the still pictures of the review page", "install it to see them");
    }

    static async IAsyncEnumerable<Finding> Account(DoctorRequest request, Surroundings outside)
    {
        if (request.IsSimulated)
        {
            await using var server = await SimulatorServer.Start(new SimulatorOptions(), outside.Time, outside.Interrupts.Drain);
            _ = Secret.TryRead("simulated", out var any, out _);
            using var simulated = Runway(server.BaseAddress, any ?? throw new InvalidOperationException("no key"), outside);
            foreach (var finding in await AccountCheckup.Of(simulated, "the simulator", null, outside.Interrupts.Drain))
            {
                yield return finding;
            }

            yield break;
        }

        var (account, key) = AccountCheckup.Key(outside, request.BaseUrl);
        yield return key;
        if (account is null)
        {
            yield break;
        }

        using var runway = Runway(account.Address, account.Key, outside);
        foreach (var finding in await AccountCheckup.Of(runway, SafeText.Line(account.Host), outside.Time, outside.Interrupts.Drain))
        {
            yield return finding;
        }
    }

    static HttpRunway Runway(Uri address, Secret key, Surroundings outside) => new(
        new RunwayOptions { BaseAddress = address, Key = key }, outside.Time, () => 0.5, NullLogger.Instance);

    // Asked by `run` only: here just whether it could be.
    static Finding? Moderation(Surroundings outside)
    {
        var problems = new DiagnosticBag();
        using var check = PromptCheck.From(outside, null, problems);
        return problems.HasErrors
            ? new Finding("moderation", Health.Fail, SafeText.Line(problems.InOrder()[0].Message.Replace("; nothing was sent", "", StringComparison.Ordinal)), null, ExitCode.Usage)
            : check is null ? null
            : new Finding("moderation", Health.Ok, $"prompts are shown to {check.Host} before paying");
    }

    static void Say(Finding finding, Voice voice)
    {
        var health = finding.Health.ToString().ToLowerInvariant();
        if (voice.IsJson)
        {
            voice.Answer(JsonLine.Of("check", json =>
            {
                json.WriteString("what", finding.What);
                json.WriteString("health", health);
                json.WriteString("text", finding.Text);
                if (finding.Todo is { } todo)
                {
                    json.WriteString("todo", todo);
                }
            }));
            return;
        }

        voice.Answer($"{health,-4}  {finding.What,-10}  {finding.Text}", 18);
        if (finding.Health != Health.Ok && finding.Todo is { } action)
        {
            voice.Answer($"                  {action}", 18);
        }
    }

    /// <summary>What `doctor` was asked for.</summary>
    sealed record DoctorRequest(bool IsSimulated, string? BaseUrl, string Folder);
}
