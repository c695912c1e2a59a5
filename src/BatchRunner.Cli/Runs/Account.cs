using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Runway;

namespace BatchRunner.Cli.Runs;

/// <summary>Where a paid run goes and with which key: both from the surroundings, never from a manifest.</summary>
/// <param name="Address">The API.</param>
/// <param name="Key">The key.</param>
sealed record Account(Uri Address, Secret Key)
{
    const string BaseUrlVariable = "RUNWAYML_BASE_URL";

    static readonly string[] KeyVariables = ["RUNWAYML_API_SECRET", "RUNWAY_API_KEY"];

    /// <summary>The host its tasks live at.</summary>
    public string Host => Address.Host;

    /// <summary>What the surroundings say, or null and what is missing or wrong.</summary>
    public static Account? From(Surroundings outside, string? baseUrl, DiagnosticBag problems)
    {
        var key = ReadKey(outside, problems);
        var address = AddressOf(outside, baseUrl, problems);
        return key is null || address is null || problems.HasErrors ? null : new Account(address, key);
    }

    /// <summary>Where a paid run would go, or null and what is wrong with that; needs no key.</summary>
    public static Uri? AddressOf(Surroundings outside, string? baseUrl, DiagnosticBag problems)
    {
        var (from, url) = baseUrl is not null ? ("`--base-url`", baseUrl)
            : outside.Variable(BaseUrlVariable) is { } variable ? ($"`{BaseUrlVariable}`", variable)
            : ("", null);
        if (url is null)
        {
            return ApiAddress.Default;
        }

        if (ApiAddress.TryParse(url, out var address, out var problem))
        {
            return address;
        }

        problems.Add(UsageProblems.BadBaseUrl(from, problem));
        return null;
    }

    /// <summary>The variable the key is in, or null: none is set.</summary>
    public static string? KeyVariable(Surroundings outside) => KeyVariables.FirstOrDefault(name => outside.Variable(name) is not null);

    static Secret? ReadKey(Surroundings outside, DiagnosticBag problems)
    {
        foreach (var variable in KeyVariables)
        {
            if (outside.Variable(variable) is { } text)
            {
                if (!Secret.TryRead(text, out var key, out var problem))
                {
                    problems.Add(UsageProblems.BadKey(variable, problem));
                }

                return key;
            }
        }

        problems.Add(UsageProblems.NoKey());
        return null;
    }
}
