using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Runway;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchRunner.Cli.Runs;

/// <summary>Asks the account what it has and may do. Costs nothing, changes nothing.</summary>
static class AccountQuestion
{
    /// <summary>Its answer; or null, after saying why there is none, and the exit code for it.</summary>
    public static async Task<(Organization? Account, int Exit)> Ask(
        string? baseUrl, Voice voice, Surroundings outside, CancellationToken cancel)
    {
        var problems = new DiagnosticBag();
        if (Account.From(outside, baseUrl, problems) is not { } account)
        {
            voice.Write(problems);
            return (null, ExitCode.Usage);
        }

        using var runway = new HttpRunway(
            new RunwayOptions { BaseAddress = account.Address, Key = account.Key }, outside.Time, () => 0.5, NullLogger.Instance);
        return await runway.GetOrganization(cancel) switch
        {
            OrganizationAnswer.Found found => (found.Organization, ExitCode.Done),
            OrganizationAnswer.KeyRefused refused => (null, voice.Refuse(SettlingProblems.KeyRefused(refused.Message), ExitCode.Account)),
            OrganizationAnswer.Trouble trouble => (null, voice.Refuse(UsageProblems.AccountNotAsked(trouble.Reason), ExitCode.Account)),
            var other => throw new InvalidOperationException($"no such answer: {other}"),
        };
    }
}
