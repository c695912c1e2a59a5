using System.Globalization;
using BatchRunner.Catalogue;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Runway;

namespace BatchRunner.Cli.Checkups;

/// <summary>Whether Runway takes the key, what the account may do, and whether its clock and ours agree. Pays nothing.</summary>
static class AccountCheckup
{
    const decimal Little = 100;
    const int MostModels = 4;

    static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether there is a key, and an address for it. The account is null if not.</summary>
    public static (Account? Account, Finding Finding) Key(Surroundings outside, string? baseUrl)
    {
        var problems = new DiagnosticBag();
        if (Account.From(outside, baseUrl, problems) is not { } account)
        {
            var problem = problems.InOrder()[0];
            return (null, new Finding(
                "key", Health.Fail, SafeText.Line(problem.Message.Replace("; nothing was sent", "", StringComparison.Ordinal)), problem.Hint, ExitCode.Usage));
        }

        var variable = Account.KeyVariable(outside);
        return (account, account.Key.Reveal().StartsWith("key_", StringComparison.Ordinal)
            ? new Finding("key", Health.Ok, $"`{variable}` holds one")
            : new Finding("key", Health.Warn, $"`{variable}` does not begin with `key_`, as Runway's keys do", "copy it again from Runway's developer portal"));
    }

    /// <summary>What the server says of the account.</summary>
    /// <param name="runway">The way to it.</param>
    /// <param name="host">What it is called.</param>
    /// <param name="clock">Ours; null: its clock is ours, and not compared.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<IReadOnlyList<Finding>> Of(IRunway runway, string host, TimeProvider? clock, CancellationToken cancel)
    {
        var answer = await runway.GetOrganization(cancel);
        var now = clock?.GetUtcNow();
        List<Finding> findings = answer switch
        {
            OrganizationAnswer.Found found => [Balance(found.Organization, host), .. Quotas(found.Organization)],
            OrganizationAnswer.KeyRefused refused =>
                [new("account", Health.Fail, $"{host} refuses the key: {SafeText.Line(refused.Message)}", "make a new key in Runway's developer portal", ExitCode.Account)],
            OrganizationAnswer.Trouble trouble =>
                [new("account", Health.Fail, $"{host} does not answer: {SafeText.Line(trouble.Reason)}", "try again later, or look at the network and its proxy", ExitCode.Unfinished)],
            _ => throw new InvalidOperationException($"no such answer: {answer}"),
        };
        if (now is { } ours)
        {
            findings.Add(Clock(answer.ServerTime, ours, host));
        }

        return findings;
    }

    static Finding Balance(Organization account, string host) => account.CreditBalance switch
    {
        <= 0 => new("account", Health.Fail, $"{host} takes the key, but has no credits for it", "buy credits in Runway's developer portal", ExitCode.Account),
        < Little => new("account", Health.Warn, $"{host} takes the key; {Figures.Price(account.CreditBalance)} are left", "a clip of five seconds costs 25 credits and more"),
        _ => new("account", Health.Ok, $"{host} takes the key; {Figures.Price(account.CreditBalance)}"),
    };

    static IEnumerable<Finding> Quotas(Organization account)
    {
        var used = account.Models.Where(model => model.Value.MaxDaily is { } most && model.Value.DailyUsed >= most).Select(model => model.Key).ToList();
        if (used.Count > 0)
        {
            yield return new("quota", Health.Warn, $"nothing is left today of {SafeText.Line(string.Join(", ", used))}", "wait: it comes back within 24 hours");
        }

        var known = account.Models
            .Where(model => ModelCatalogue.BuiltIn.Find(model.Key) is not null && model.Value.MaxConcurrent is not null)
            .OrderBy(model => model.Key, StringComparer.Ordinal)
            .ToList();
        var shown = known.Take(MostModels).Select(model => string.Create(CultureInfo.InvariantCulture, $"{model.Key} {model.Value.MaxConcurrent}"));
        if (known.Count > 0)
        {
            var more = known.Count > MostModels ? $" and {Figures.Count(known.Count - MostModels, "more model")}" : "";
            yield return new("slots", Health.Ok, $"tasks at once: {SafeText.Line(string.Join(", ", shown))}{more}");
        }
    }

    static Finding Clock(DateTimeOffset? server, DateTimeOffset ours, string host)
    {
        if (server is not { } theirs)
        {
            return new("clock", Health.Warn, $"{host} did not say what time it is");
        }

        var ahead = ours - theirs;
        return ahead.Duration() <= Skew
            ? new("clock", Health.Ok, $"agrees with {host}")
            : new("clock", Health.Warn, $"{Figures.Time(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} {host}", "set this machine's clock: times in results.csv are by it");
    }
}
