using System.Globalization;

namespace BatchRunner.Runway.Wire;

/// <summary>How figures read in our sentences.</summary>
static class Words
{
    public static string Of(TimeSpan duration) => duration.TotalSeconds >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.#} s")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms");
}
