using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue;

/// <summary>What kind of value a field takes.</summary>
enum FieldKind
{
    Text,
    Integer,
    Number,
    Boolean,

    /// <summary>A path, an https URL, `runway://`, an upload or a data URI: see <see cref="FieldRule.Media"/>.</summary>
    Media,

    /// <summary>An object with <see cref="FieldRule.Fields"/>.</summary>
    Object,

    /// <summary>A list of <see cref="FieldRule.Item"/>.</summary>
    List,

    /// <summary>One of <see cref="FieldRule.Alternatives"/>, told apart by the JSON kind of the value (and a `type` member).</summary>
    OneOf,
}

/// <summary>What one field of a request takes.</summary>
sealed record FieldRule
{
    public required string Name { get; init; }

    public required FieldKind Kind { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>`image`, `video` or `audio` for a media field.</summary>
    public string? Media { get; init; }

    /// <summary>The values allowed, or empty for any.</summary>
    public IReadOnlyList<JsonNode> Choices { get; init; } = [];

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    /// <summary>Least UTF-16 units of a text, or items of a list.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most UTF-16 units of a text, or items of a list.</summary>
    public int? MaxLength { get; init; }

    public string? Pattern { get; init; }

    /// <summary>What the API takes if the field is left out, if that is known.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Members of an object; with <see cref="IsStrict"/> no others are allowed.</summary>
    public IReadOnlyList<FieldRule> Fields { get; init; } = [];

    public bool IsStrict { get; init; }

    public FieldRule? Item { get; init; }

    public IReadOnlyList<FieldRule> Alternatives { get; init; } = [];
}

/// <summary>How a variant is priced. The shape of its data is the catalogue's own.</summary>
sealed record PriceRule(JsonObject Data);
