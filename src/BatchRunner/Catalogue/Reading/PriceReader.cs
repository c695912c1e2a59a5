using System.Text.Json;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue.Checking;
using BatchRunner.Catalogue.Pricing;

namespace BatchRunner.Catalogue.Reading;

/// <summary>Reads prices, and the conditions that prices and rules share.</summary>
sealed class PriceReader(ShapeReader shape, ListReader lists)
{
    static readonly Dictionary<string, PriceUnit> Units = new()
    {
        ["request"] = PriceUnit.Request,
        ["second"] = PriceUnit.Second,
        ["input_second"] = PriceUnit.InputSecond,
        ["input_frame"] = PriceUnit.InputFrame,
        ["output"] = PriceUnit.Output,
        ["item"] = PriceUnit.Item,
        ["utf16"] = PriceUnit.Unit,
    };

    static readonly string[] PartKeys =
        ["per", "of", "each", "at_most", "only_references", "times", "credits", "rates", "note"];

    static readonly string[] ConditionKeys = ["present", "pixels_over", "side_over", "times"];

    // A field that none of the endpoints has that share a price is a slip, and would make the price too low.
    readonly Dictionary<(int Offset, string Path), (LocatedJson At, bool IsKnown)> mentions = [];

    /// <summary>Tells of every field that prices and rules name and no endpoint has; to be called when all are read.</summary>
    public void TellUnknownFields()
    {
        foreach (var ((_, path), (at, _)) in mentions.Where(mention => !mention.Value.IsKnown))
        {
            shape.Add(at, place => CatalogueProblems.NoSuch(place, "field", path, []));
        }
    }

    /// <summary>The price, or null if it isn't published or can't be read.</summary>
    public PriceRule? Price(LocatedJson owner, FieldRule body)
    {
        if (owner["price"] is not { } written
            || !shape.IsObject(written, "the price", ["minimum", "parts", "mark", "note"]))
        {
            return null;
        }

        if (written["parts"] is null)
        {
            shape.Add(written, place => CatalogueProblems.MissingKey(place, "parts", "the price"));
            return null;
        }

        return new PriceRule(written.ToNode() as JsonObject ?? [])
        {
            Parts = [.. shape.List(written, "parts").Select(part => Part(part, body)).OfType<PricePart>()],
            Minimum = shape.Number(written, "minimum") ?? 0,
            Mark = shape.Word(written, "mark", CatalogueReader.Marks),
        };
    }

    /// <summary>Rules over several fields.</summary>
    public IReadOnlyList<CombinationRule> Rules(LocatedJson owner, FieldRule body)
    {
        var rules = new List<CombinationRule>();
        foreach (var written in shape.List(owner, "rules"))
        {
            if (shape.IsObject(written, "a rule", ["when", "need", "note"]))
            {
                rules.Add(new CombinationRule(Conditions(written, "when", body), Conditions(written, "need", body)));
            }
        }

        return rules;
    }

    PricePart? Part(LocatedJson written, FieldRule body)
    {
        if (!shape.IsObject(written, "a part of the price", PartKeys))
        {
            return null;
        }

        if (shape.Word(written, "per", [.. Units.Keys]) is not { } per)
        {
            if (written["per"] is null)
            {
                shape.Add(written, place => CatalogueProblems.MissingKey(place, "per", "a part of the price"));
            }

            return null;
        }

        var counted = Counted(written, body);
        if (Units[per] is not PriceUnit.Request && counted.Count == 0)
        {
            // What it counts isn't a field of this endpoint, so there is nothing of it here.
            return null;
        }

        return new PricePart
        {
            Per = Units[per],
            Of = counted,
            Each = shape.Number(written, "each") is { } each and > 0 ? each : 1,
            AtMost = shape.Number(written, "at_most"),
            OnlyReferences = shape.Truth(written, "only_references") ?? false,
            Times = Named(written, "times", body),
            Rates = Rates(written, body),
        };
    }

    // A price is written once for a model's endpoints: what it says of fields that this one lacks is passed over.
    List<string> Counted(LocatedJson written, FieldRule body)
    {
        var named = written["of"] is { IsText: true } one ? [one.Text] : shape.Texts(written, "of");
        return [.. named.Where(path => IsKnown(written["of"] ?? written, path, body))];
    }

    bool IsKnown(LocatedJson at, string path, FieldRule body)
    {
        var isKnown = body.At(path.Split('/')) is not null;
        var mention = (at.Offset, path);
        mentions[mention] = (at, isKnown || (mentions.TryGetValue(mention, out var before) && before.IsKnown));
        return isKnown;
    }

    List<PriceRate> Rates(LocatedJson written, FieldRule body)
    {
        if (written["rates"] is null)
        {
            if (written["credits"] is null)
            {
                shape.Add(written, place => CatalogueProblems.MissingKey(place, "credits", "a part of the price"));
            }

            return [new PriceRate([], shape.Number(written, "credits"))];
        }

        var rates = new List<PriceRate>();
        foreach (var rate in shape.List(written, "rates"))
        {
            if (shape.IsObject(rate, "a rate", ["when", "credits", "note"]))
            {
                // `null` says that the price of this case isn't published.
                var isUnpublished = rate["credits"] is { Kind: JsonValueKind.Null };
                var when = Conditions(rate, "when", body);
                var credits = isUnpublished ? null : shape.Number(rate, "credits");
                if (when.TrueForAll(condition => body.At(condition.Path.Split('/')) is not null))
                {
                    rates.Add(new PriceRate(when, credits));
                }
            }
        }

        return rates;
    }

    List<Condition> Conditions(LocatedJson owner, string key, FieldRule body)
    {
        var conditions = new List<Condition>();
        foreach (var member in shape.Map(owner, key))
        {
            _ = IsKnown(new LocatedJson(JsonValueKind.String, member.Offset, member.Length), member.Name, body);
            if (!member.Value.IsObject)
            {
                conditions.Add(new Condition(member.Name) { Values = lists.Read(AsOwner(member), member.Name) });
            }
            else if (shape.IsObject(member.Value, $"the condition on `{member.Name}`", ConditionKeys))
            {
                conditions.Add(new Condition(member.Name)
                {
                    Present = shape.Truth(member.Value, "present"),
                    PixelsOver = shape.Whole(member.Value, "pixels_over"),
                    SideOver = shape.Whole(member.Value, "side_over"),
                    Times = Named(member.Value, "times", body),
                });
            }
        }

        return conditions;
    }

    string? Named(LocatedJson owner, string key, FieldRule body)
    {
        var path = shape.Text(owner, key);
        return path is not null && IsKnown(owner[key] ?? owner, path, body) ? path : null;
    }

    // A single value, `"mode": "edit"`, is a list of one.
    static LocatedJson AsOwner(LocatedMember member)
    {
        var value = member.Value;
        var list = value.IsList || value.IsText ? value : new LocatedJson(JsonValueKind.Array, value.Offset, value.Length) { Items = [value] };
        return new LocatedJson(JsonValueKind.Object, member.Offset, member.Length)
        {
            Members = [member with { Value = list }],
        };
    }
}
