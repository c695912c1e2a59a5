using BatchRunner.Catalogue;

namespace BatchRunner.Simulator.Uploads;

/// <summary>A place for a file, asked for and perhaps filled.</summary>
/// <param name="Id">The part after `runway://`.</param>
/// <param name="Filename">As the client named it.</param>
/// <param name="MadeAt">Simulated time; it holds for 24 hours.</param>
sealed record Upload(string Id, string Filename, DateTimeOffset MadeAt)
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public string Uri => $"runway://{Id}";

    /// <summary>Of its bytes; null until they came.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What its bytes say; null until they came.</summary>
    public MediaFacts? Facts { get; init; }

    public bool IsUsableAt(DateTimeOffset now) => Facts is not null && now < MadeAt + Life;
}
