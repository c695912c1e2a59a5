using System.Text.RegularExpressions;

namespace BatchRunner.Catalogue.Reading;

/// <summary>Reads the rule of a field: written out, or by the name of a shared one, or shared with changes on top (`use`).</summary>
sealed class FieldReader(
    ShapeReader shape, LocatedJson shared, ListReader lists, IReadOnlyDictionary<string, MediaLimits> media)
{
    const int Deepest = 16;

    // Shared fields that name one another many times over could grow without end.
    const int MostFields = 30_000;

    int fieldsRead;

    static readonly string[] Types =
        ["text", "integer", "number", "boolean", "image", "video", "audio", "list", "object", "one_of"];

    static readonly string[] Keys =
    [
        "use", "type", "values", "deprecated", "range", "length", "pattern", "free_pixels", "default", "fields", "required",
        "strict", "item", "of", "together", "aspect", "min_side", "max_side", "seconds", "max_fps", "mark", "note",
    ];

    /// <summary>A rule, or null if it can't be read and that has been told.</summary>
    /// <param name="name">What the field is called.</param>
    /// <param name="written">Its definition.</param>
    /// <param name="limits">What this model asks of images, videos and sounds wherever they stand.</param>
    /// <param name="depth">How deep this is nested, so that circles end.</param>
    public FieldRule? Read(
        string name, LocatedJson written, IReadOnlyDictionary<string, MediaLimits>? limits = null, int depth = 0)
    {
        if (++fieldsRead > MostFields)
        {
            if (fieldsRead == MostFields + 1)
            {
                shape.Add(written, place => CatalogueProblems.Circle(place, name));
            }

            return null;
        }

        if (Resolve(written, depth) is not { } field || !shape.IsObject(field, $"the field `{name}`", Keys))
        {
            return null;
        }

        if (shape.Word(field, "type", Types) is not { } type)
        {
            if (field["type"] is null)
            {
                shape.Add(field, place => CatalogueProblems.MissingKey(place, "type", $"the field `{name}`"));
            }

            return null;
        }

        var rule = new FieldRule
        {
            Name = name,
            Kind = Kind(type),
            Default = field["default"]?.ToNode(),
            Mark = shape.Word(field, "mark", CatalogueReader.Marks),
            Note = shape.Text(field, "note"),
        };
        return rule.Kind switch
        {
            FieldKind.Text => Text(rule, field),
            FieldKind.Integer or FieldKind.Number => Number(rule, field),
            FieldKind.Media => rule with { Media = type, Limits = Limits(type, field, limits) },
            FieldKind.List => List(rule, field, limits, depth),
            FieldKind.Object => Object(rule, field, limits, depth),
            FieldKind.OneOf => OneOf(rule, field, limits, depth),
            _ => rule with { Choices = lists.Read(field, "values") },
        };
    }

    /// <summary>The members of an object, in the order written, those in `required` marked.</summary>
    public IReadOnlyList<FieldRule> Members(
        LocatedJson owner, IReadOnlyDictionary<string, MediaLimits>? limits = null, int depth = 0)
    {
        var required = shape.Texts(owner, "required");
        var members = shape.Map(owner, "fields");
        foreach (var name in required.Where(name => members.All(member => member.Name != name)))
        {
            var at = owner["required"] ?? owner;
            shape.Add(at, place => CatalogueProblems.NoSuch(place, "field", name, [.. members.Select(m => m.Name)]));
        }

        return
        [
            .. members.Select(member => Read(member.Name, member.Value, limits, depth))
                .OfType<FieldRule>()
                .Select(rule => rule with { IsRequired = required.Contains(rule.Name) }),
        ];
    }

    /// <summary>What is asked of media, over what is asked already.</summary>
    public MediaLimits Limits(LocatedJson written, MediaLimits under)
    {
        var (minAspect, maxAspect) = shape.Range(written, "aspect");
        var (minSeconds, maxSeconds) = shape.Range(written, "seconds");
        return under with
        {
            MinAspect = minAspect ?? under.MinAspect,
            MaxAspect = maxAspect ?? under.MaxAspect,
            MinSeconds = minSeconds ?? under.MinSeconds,
            MaxSeconds = maxSeconds ?? under.MaxSeconds,
            MinSide = (int?)shape.Whole(written, "min_side") ?? under.MinSide,
            MaxSide = (int?)shape.Whole(written, "max_side") ?? under.MaxSide,
            MaxFrameRate = shape.Number(written, "max_fps") ?? under.MaxFrameRate,
        };
    }

    static FieldKind Kind(string type) => type switch
    {
        "text" => FieldKind.Text,
        "integer" => FieldKind.Integer,
        "number" => FieldKind.Number,
        "boolean" => FieldKind.Boolean,
        "list" => FieldKind.List,
        "object" => FieldKind.Object,
        "one_of" => FieldKind.OneOf,
        _ => FieldKind.Media,
    };

    LocatedJson? Resolve(LocatedJson written, int depth)
    {
        var field = written;
        for (var step = 0; field.IsText || field["use"] is not null; step++)
        {
            var name = field.IsText ? field : field["use"] ?? field;
            if (depth + step > Deepest)
            {
                shape.Add(name, place => CatalogueProblems.Circle(place, name.Text));
                return null;
            }

            if (!name.IsText || shared[name.Text] is not { } found)
            {
                shape.Add(name, place => CatalogueProblems.NoSuch(
                    place, "shared field", name.Text, [.. shared.Members.Select(member => member.Name)]));
                return null;
            }

            field = field.IsText ? found : Laid(found, field);
        }

        return field;
    }

    static LocatedJson Laid(LocatedJson found, LocatedJson over)
    {
        var under = found.IsText ? new LocatedJson(over.Kind, over.Offset, over.Length)
        {
            Members = [new LocatedMember("use", found.Offset, found.Length, found)],
        }
        : found;
        return under.Under(over with { Members = [.. over.Members.Where(member => member.Name != "use")] });
    }

    FieldRule Text(FieldRule rule, LocatedJson field)
    {
        var (least, most) = shape.Counts(field, "length");
        var (fewest, mostPixels) = shape.Counts(field, "free_pixels");
        return rule with
        {
            Choices = lists.Read(field, "values"),
            Deprecated = shape.Words(field, "deprecated"),
            MinLength = least,
            MaxLength = most,
            Pattern = Pattern(field),
            FreeSize = fewest is { } a && mostPixels is { } b ? new PixelRange(a, b) : null,
        };
    }

    string? Pattern(LocatedJson field)
    {
        if (shape.Text(field, "pattern") is not { } pattern)
        {
            return null;
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return pattern;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            shape.Wrong(field["pattern"] ?? field, "pattern", $"`{pattern}`", "a regular expression without look-around or back references");
            return null;
        }
    }

    FieldRule Number(FieldRule rule, LocatedJson field)
    {
        var (least, most) = shape.Range(field, "range");
        return rule with { Minimum = least, Maximum = most, Choices = lists.Read(field, "values") };
    }

    FieldRule? List(FieldRule rule, LocatedJson field, IReadOnlyDictionary<string, MediaLimits>? limits, int depth)
    {
        if (field["item"] is not { } item)
        {
            shape.Add(field, place => CatalogueProblems.MissingKey(place, "item", $"the list `{rule.Name}`"));
            return null;
        }

        var (least, most) = shape.Counts(field, "length");
        return Read(rule.Name, item, limits, depth + 1) is { } read
            ? rule with { Item = read, MinLength = least, MaxLength = most, Together = Together(field) }
            : null;
    }

    ListLimits? Together(LocatedJson field)
    {
        string[] keys = ["unique", "all_or_none", "last_needs_first", "max_seconds"];
        return field["together"] is { } written && shape.IsObject(written, "`together`", keys)
            ? new ListLimits
            {
                Unique = shape.Text(written, "unique"),
                AllOrNone = shape.Text(written, "all_or_none"),
                LastNeedsFirst = shape.Truth(written, "last_needs_first") ?? false,
                MaxTotalSeconds = shape.Number(written, "max_seconds"),
            }
            : null;
    }

    FieldRule Object(FieldRule rule, LocatedJson field, IReadOnlyDictionary<string, MediaLimits>? limits, int depth) =>
        rule with { Fields = Members(field, limits, depth + 1), IsStrict = shape.Truth(field, "strict") ?? false };

    FieldRule OneOf(FieldRule rule, LocatedJson field, IReadOnlyDictionary<string, MediaLimits>? limits, int depth)
    {
        var all = shape.List(field, "of").Select(one => Read(rule.Name, one, limits, depth + 1)).OfType<FieldRule>();
        return rule with { Alternatives = [.. all] };
    }

    MediaLimits Limits(string type, LocatedJson field, IReadOnlyDictionary<string, MediaLimits>? limits) =>
        Limits(field, limits?.GetValueOrDefault(type) ?? media.GetValueOrDefault(type) ?? new MediaLimits());
}
