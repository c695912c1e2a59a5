using System.Text.Json.Nodes;

namespace BatchRunner.Catalogue.Pricing;

/// <summary>What has to be so of one field, for a price or a rule to apply.</summary>
/// <param name="Path">The field, from the body: `reference/uri`.</param>
sealed record Condition(string Path)
{
    /// <summary>The field's value is one of these; empty: not asked.</summary>
    public IReadOnlyList<JsonNode> Values { get; init; } = [];

    /// <summary>The field is written, or is not; null: not asked.</summary>
    public bool? Present { get; init; }

    /// <summary>The image or video has more pixels than this; null: not asked.</summary>
    public long? PixelsOver { get; init; }

    /// <summary>The longer side, times <see cref="Times"/>, is more than this; null: not asked.</summary>
    public long? SideOver { get; init; }

    /// <summary>The field by which the side is multiplied.</summary>
    public string? Times { get; init; }

    /// <summary>Whether it holds; null if that can't be known from here (media somewhere else).</summary>
    public bool? Holds(RequestValues request)
    {
        if (Present is { } present)
        {
            return request.Written(Path) == present;
        }

        if (PixelsOver is { } pixels)
        {
            return request.Facts(Path) is { Width: { } width, Height: { } height } ? (long)width * height > pixels : null;
        }

        if (SideOver is { } side)
        {
            var times = Times is null ? 1 : request.Number(Times);
            return request.Facts(Path) is { Width: { } width, Height: { } height } && times is { } by
                ? Math.Max(width, height) * by > side
                : null;
        }

        return request.Value(Path) is { } value && Values.Any(choice => JsonValues.Same(choice, value));
    }
}
