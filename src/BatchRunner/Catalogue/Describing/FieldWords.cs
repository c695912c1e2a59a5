namespace BatchRunner.Catalogue.Describing;

/// <summary>What a field takes, as people read it.</summary>
static class FieldWords
{
    public static string Takes(FieldRule rule)
    {
        if (rule.Choices.Count > 0)
        {
            var offered = rule.Choices.Select(JsonValues.Print).Where(choice => !rule.Deprecated.ContainsKey(choice));
            var free = rule.FreeSize is { } range ? $" or any size of {range.Minimum} to {range.Maximum} pixels" : "";
            return string.Join(' ', offered) + free;
        }

        return rule.Kind switch
        {
            FieldKind.Text => Join("text", rule is { MinLength: null or 1, MaxLength: null } ? null : Wording.Range(rule.MinLength, rule.MaxLength) + " characters"),
            FieldKind.Integer => Join("whole number", Ends(rule)),
            FieldKind.Number => Join("number", Ends(rule)),
            FieldKind.Boolean => "true or false",
            FieldKind.Media => Join(rule.Media ?? "file", Limits(rule.Limits)),
            FieldKind.List => Join("list", rule.MaxLength is null ? null : Wording.Range(rule.MinLength is 0 ? null : rule.MinLength, rule.MaxLength)),
            FieldKind.OneOf => string.Join(", or ", rule.Alternatives.Select(Takes).Distinct()),
            _ => "object",
        };
    }

    static string? Ends(FieldRule rule) =>
        rule.Minimum is null && rule.Maximum is null ? null : Wording.Range(rule.Minimum, rule.Maximum);

    static string? Limits(MediaLimits? limits)
    {
        if (limits is null)
        {
            return null;
        }

        List<string> words = [];
        Add(limits.MinAspect, limits.MaxAspect, "times as wide as high");
        Add(limits.MinSide, null, "pixels a side");
        Add(null, limits.MaxSide, "pixels a side");
        Add(limits.MinSeconds, limits.MaxSeconds, "seconds");
        Add(null, limits.MaxFrameRate, "frames a second");
        return words.Count == 0 ? null : string.Join(", ", words);

        void Add(decimal? least, decimal? most, string unit)
        {
            if (least is not null || most is not null)
            {
                words.Add($"{Wording.Range(least, most)} {unit}");
            }
        }
    }

    static string Join(string noun, string? more) => more is null ? noun : $"{noun}, {more}";
}
