namespace BatchRunner.Catalogue.Pricing;

/// <summary>What a part of a price counts.</summary>
enum PriceUnit
{
    /// <summary>The request itself, once.</summary>
    Request,

    /// <summary>Seconds asked for in a field.</summary>
    Second,

    /// <summary>Seconds of the videos or sounds given in fields.</summary>
    InputSecond,

    /// <summary>Frames of the videos given in fields.</summary>
    InputFrame,

    /// <summary>A number asked for in a field, such as of images.</summary>
    Output,

    /// <summary>Media given in fields, one by one.</summary>
    Item,

    /// <summary>UTF-16 units of a text.</summary>
    Unit,
}

/// <summary>One part of a price: so many credits for each of something.</summary>
sealed record PricePart
{
    public required PriceUnit Per { get; init; }

    /// <summary>The fields it counts in.</summary>
    public IReadOnlyList<string> Of { get; init; } = [];

    /// <summary>So many of the unit make one, a started one counts whole.</summary>
    public decimal Each { get; init; } = 1;

    /// <summary>No more of the unit than this is charged; also what is assumed when the media's length isn't known.</summary>
    public decimal? AtMost { get; init; }

    /// <summary>Whether media with a `position` don't count.</summary>
    public bool OnlyReferences { get; init; }

    /// <summary>A number of outputs that multiplies it, such as `outputCount`, or null.</summary>
    public string? Times { get; init; }

    /// <summary>The first that applies holds.</summary>
    public required IReadOnlyList<PriceRate> Rates { get; init; }
}

/// <summary>Credits for one, if all conditions hold.</summary>
/// <param name="When">All of them, or none: always.</param>
/// <param name="Credits">Null: the price isn't published.</param>
sealed record PriceRate(IReadOnlyList<Condition> When, decimal? Credits);
