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

    /// <summary>What the media itself has to be, for a media field.</summary>
    public MediaLimits? Limits { get; init; }

    /// <summary>The values allowed, or empty for any.</summary>
    public IReadOnlyList<JsonNode> Choices { get; init; } = [];

    /// <summary>Values still taken but given up by the API, with what to write instead.</summary>
    public IReadOnlyDictionary<string, string> Deprecated { get; init; } = EmptyDeprecated;

    public decimal? Minimum { get; init; }

    public decimal? Maximum { get; init; }

    /// <summary>Least UTF-16 units of a text, or items of a list.</summary>
    public int? MinLength { get; init; }

    /// <summary>Most UTF-16 units of a text, or items of a list.</summary>
    public int? MaxLength { get; init; }

    /// <summary>A regular expression that a text has to match besides being one of <see cref="Choices"/> if there are any.</summary>
    public string? Pattern { get; init; }

    /// <summary>For a text of the form `width:height`: least and most pixels of a size outside of <see cref="Choices"/>.</summary>
    public PixelRange? FreeSize { get; init; }

    /// <summary>What the API takes if the field is left out, if that is known.</summary>
    public JsonNode? Default { get; init; }

    /// <summary>Members of an object; with <see cref="IsStrict"/> no others are allowed.</summary>
    public IReadOnlyList<FieldRule> Fields { get; init; } = [];

    public bool IsStrict { get; init; }

    public FieldRule? Item { get; init; }

    /// <summary>What the items of a list have to be to one another.</summary>
    public ListLimits? Together { get; init; }

    public IReadOnlyList<FieldRule> Alternatives { get; init; } = [];

    /// <summary>How sure the source is: `3p` somebody else's statement, `infer` a reading; null: the schema or the documentation.</summary>
    public string? Mark { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Note { get; init; }

    static readonly Dictionary<string, string> EmptyDeprecated = [];

    /// <summary>The member of an object, of an object among alternatives, or null.</summary>
    public FieldRule? Field(string name) =>
        Fields.FirstOrDefault(field => field.Name == name)
        ?? Alternatives.Select(alternative => alternative.Field(name)).FirstOrDefault(found => found is not null);

    /// <summary>The rule at a path of member names and list indexes, or null.</summary>
    public FieldRule? At(IEnumerable<string> path)
    {
        var rule = this;
        foreach (var step in path)
        {
            var isIndex = step.Length > 0 && step.All(char.IsAsciiDigit);
            rule = isIndex ? rule?.AnyItem : rule?.Field(step);
        }

        return rule;
    }

    /// <summary>The rule of a list's items, also of a list among alternatives, or null.</summary>
    public FieldRule? AnyItem =>
        Item ?? Alternatives.Select(alternative => alternative.AnyItem).FirstOrDefault(found => found is not null);

    /// <summary>What media stands here as a plain text, also among alternatives, or null.</summary>
    public FieldRule? AsMedia =>
        Kind == FieldKind.Media ? this : Alternatives.Select(a => a.AsMedia).FirstOrDefault(found => found is not null);
}

/// <summary>What the bytes of an image, video or sound have to be; null members ask nothing.</summary>
sealed record MediaLimits
{
    /// <summary>Content types taken.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Most bytes of an upload.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Least width by height.</summary>
    public decimal? MinAspect { get; init; }

    /// <summary>Most width by height.</summary>
    public decimal? MaxAspect { get; init; }

    /// <summary>Least pixels of the shorter side.</summary>
    public int? MinSide { get; init; }

    /// <summary>Most pixels of the longer side.</summary>
    public int? MaxSide { get; init; }

    public decimal? MinSeconds { get; init; }

    public decimal? MaxSeconds { get; init; }

    /// <summary>Most frames a second.</summary>
    public decimal? MaxFrameRate { get; init; }

    /// <summary>Most characters of a data URI.</summary>
    public int? MaxDataUri { get; init; }

    /// <summary>Most characters of a URL.</summary>
    public int? MaxUrl { get; init; }
}

/// <summary>What the items of a list have to be to one another.</summary>
sealed record ListLimits
{
    /// <summary>A member no two items may share.</summary>
    public string? Unique { get; init; }

    /// <summary>Whether every item has the `position` member or none has.</summary>
    public string? AllOrNone { get; init; }

    /// <summary>Whether an item at `last` needs one at `first`.</summary>
    public bool LastNeedsFirst { get; init; }

    /// <summary>Most seconds of all items together.</summary>
    public decimal? MaxTotalSeconds { get; init; }
}

/// <summary>Least and most pixels, both included.</summary>
sealed record PixelRange(long Minimum, long Maximum);
