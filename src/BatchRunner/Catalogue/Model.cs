namespace BatchRunner.Catalogue;

/// <summary>A model by the name the API knows it.</summary>
sealed record Model(string Name, IReadOnlyList<ModelVariant> Variants, Retirement? Retired)
{
    /// <summary>The day its facts are from, if not the catalogue's.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>Where its facts are from, if not from the catalogue's source.</summary>
    public string? Source { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Note { get; init; }

    /// <summary>`3p` or `infer` if the whole model is less than official.</summary>
    public string? Mark { get; init; }

    public ModelVariant? On(string endpoint) => Variants.FirstOrDefault(variant => variant.Endpoint == endpoint);
}

/// <summary>A model the API has dropped: a warning, and it still runs against any server that has it.</summary>
sealed record Retirement(DateOnly Date, string? UseInstead);
