using System.Globalization;
using System.Text.Json;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue.Reading;

/// <summary>Reads single members of a catalogue file; a member of another shape is a mistake with a place, and reads as absent.</summary>
sealed class ShapeReader(JsonText text, DiagnosticBag problems)
{
    public DiagnosticBag Problems => problems;

    public void Add(LocatedJson at, Func<SourcePlace, Diagnostic> problem) => problems.Add(problem(text.Place(at)));

    public void Add(LocatedMember at, Func<SourcePlace, Diagnostic> problem) => problems.Add(problem(text.Place(at)));

    /// <summary>Whether it is an object; members of other names are told.</summary>
    public bool IsObject(LocatedJson value, string what, IReadOnlyList<string> keys)
    {
        if (!value.IsObject)
        {
            Add(value, place => CatalogueProblems.WrongShape(place, what, value.Word, "an object"));
            return false;
        }

        foreach (var member in value.Members.Where(member => !keys.Contains(member.Name)))
        {
            Add(member, place => CatalogueProblems.UnknownKey(place, member.Name, what, keys));
        }

        return true;
    }

    public string? Text(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return null;
        }

        if (value.IsText && value.Text.Length > 0)
        {
            return value.Text;
        }

        Wrong(value, key, value.IsText ? "empty" : value.Word, "a text");
        return null;
    }

    /// <summary>One of a few words.</summary>
    public string? Word(LocatedJson owner, string key, IReadOnlyList<string> words)
    {
        var word = Text(owner, key);
        if (word is null || words.Contains(word))
        {
            return word;
        }

        Wrong(owner[key] ?? owner, key, $"`{word}`", Wording.Or(words));
        return null;
    }

    public decimal? Number(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return null;
        }

        if (value.Number is not { } number)
        {
            Wrong(value, key, value.Word, "a number");
            return null;
        }

        if (number >= 0)
        {
            return number;
        }

        Wrong(value, key, value.Text, "0 or more");
        return null;
    }

    public long? Whole(LocatedJson owner, string key)
    {
        if (Number(owner, key) is not { } number)
        {
            return null;
        }

        if (decimal.IsInteger(number) && number <= int.MaxValue)
        {
            return (long)number;
        }

        Wrong(owner[key] ?? owner, key, JsonValues.Print(number), "a whole number");
        return null;
    }

    public bool? Truth(LocatedJson owner, string key)
    {
        switch (owner[key])
        {
            case null:
                return null;
            case { Kind: JsonValueKind.True }:
                return true;
            case { Kind: JsonValueKind.False }:
                return false;
            case var value:
                Wrong(value, key, value.Word, "true or false");
                return null;
        }
    }

    public DateOnly? Date(LocatedJson owner, string key)
    {
        if (Text(owner, key) is not { } value)
        {
            return null;
        }

        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        Wrong(owner[key] ?? owner, key, $"`{value}`", "a day like 2026-09-23");
        return null;
    }

    /// <summary>A lower and an upper end; null stands for no end.</summary>
    public (decimal? Least, decimal? Most) Range(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return default;
        }

        if (value is { IsList: true, Items: [var least, var most] } && IsEnd(least) && IsEnd(most)
            && !(least.Number > most.Number))
        {
            return (least.Number, most.Number);
        }

        Wrong(value, key, value.IsList ? $"a list of {value.Items.Count}" : value.Word, "two ends like [2, 10], the lower first");
        return default;

        static bool IsEnd(LocatedJson end) => end.Number is not null || end.Kind == JsonValueKind.Null;
    }

    /// <summary>The same for counts: whole numbers from 0.</summary>
    public (int? Least, int? Most) Counts(LocatedJson owner, string key)
    {
        var (least, most) = Range(owner, key);
        if (IsCount(least) && IsCount(most))
        {
            return ((int?)least, (int?)most);
        }

        Wrong(owner[key] ?? owner, key, Wording.Range(least, most), $"whole numbers from 0 to {int.MaxValue}");
        return default;

        static bool IsCount(decimal? end) => end is null || (decimal.IsInteger(end.Value) && end is >= 0 and <= int.MaxValue);
    }

    public IReadOnlyList<string> Texts(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return [];
        }

        if (value.IsList && value.Items.All(item => item.IsText))
        {
            return [.. value.Items.Select(item => item.Text)];
        }

        Wrong(value, key, value.Word, "a list of texts");
        return [];
    }

    public IReadOnlyList<LocatedJson> List(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return [];
        }

        if (value.IsList)
        {
            return value.Items;
        }

        Wrong(value, key, value.Word, "a list");
        return [];
    }

    public IReadOnlyList<LocatedMember> Map(LocatedJson owner, string key)
    {
        if (owner[key] is not { } value)
        {
            return [];
        }

        if (value.IsObject)
        {
            return value.Members;
        }

        Wrong(value, key, value.Word, "an object");
        return [];
    }

    /// <summary>An object of texts.</summary>
    public Dictionary<string, string> Words(LocatedJson owner, string key)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Map(owner, key))
        {
            if (member.Value.IsText)
            {
                words[member.Name] = member.Value.Text;
            }
            else
            {
                Wrong(member.Value, member.Name, member.Value.Word, "a text");
            }
        }

        return words;
    }

    public void Wrong(LocatedJson at, string what, string found, string expected) =>
        Add(at, place => CatalogueProblems.WrongShape(place, $"`{what}`", found, expected));
}
