using System.Text.Json.Nodes;
using BatchRunner.Diagnostics;

namespace BatchRunner.Catalogue.Reading;

/// <summary>Reads a catalogue file whole; any mistake in it is told, and then there is no catalogue.</summary>
sealed class CatalogueReader
{
    /// <summary>Ways of being less than official.</summary>
    public static readonly string[] Marks = ["3p", "infer"];

    const int Deepest = 8;

    static readonly string[] TopKeys =
        ["$schema", "note", "date", "source", "media", "extensions", "lists", "fields", "models"];

    static readonly string[] NeededKeys = ["date", "source", "models"];

    static readonly string[] BothKeys = ["output", "extension", "strict", "limits", "fields", "price", "rules", "mark", "note"];

    static readonly string[] ModelKeys = [.. BothKeys, "like", "retired", "date", "source", "endpoints"];

    static readonly string[] VariantKeys = [.. BothKeys, "required"];

    static readonly string[] LimitKeys = ["aspect", "min_side", "max_side", "seconds", "max_fps"];

    readonly ShapeReader shape;
    readonly LocatedJson root;
    readonly LocatedJson models;
    readonly Dictionary<string, MediaLimits> media = [];
    readonly Dictionary<string, string> extensions;
    readonly FieldReader fields;
    readonly PriceReader prices;

    CatalogueReader(ShapeReader shape, LocatedJson root)
    {
        var nothing = root with { Members = [] };
        this.shape = shape;
        this.root = root;
        models = root["models"] ?? nothing;
        extensions = shape.Words(root, "extensions");
        var lists = new ListReader(shape, root["lists"] ?? nothing);
        fields = new FieldReader(shape, root["fields"] ?? nothing, lists, media);
        prices = new PriceReader(shape, lists);
        foreach (var member in shape.Map(root, "media"))
        {
            media[member.Name] = Media(member.Value);
        }
    }

    /// <summary>The catalogue, or null and at least one diagnostic.</summary>
    public static ModelCatalogue? Read(SourceFile file, byte[] bytes, DiagnosticBag problems)
    {
        var own = new DiagnosticBag();
        var text = new JsonText(file, bytes);
        var shape = new ShapeReader(text, own);
        var catalogue = text.Read(own) is { } root && shape.IsObject(root, "the catalogue", TopKeys)
            ? new CatalogueReader(shape, root).Catalogue()
            : null;
        problems.AddRange(own);
        return own.HasErrors ? null : catalogue;
    }

    ModelCatalogue? Catalogue()
    {
        foreach (var key in NeededKeys.Where(key => root[key] is null))
        {
            shape.Add(root, place => CatalogueProblems.MissingKey(place, key, "the catalogue"));
        }

        foreach (var member in shape.Map(root, "fields"))
        {
            // Read here too, so that a mistake in one that nothing uses is told.
            _ = fields.Read(member.Name, member.Value);
        }

        var read = shape.Map(root, "models").Select(Model).OfType<Model>().ToList();
        prices.TellUnknownFields();
        return shape.Date(root, "date") is { } date && shape.Text(root, "source") is { } source
            ? new ModelCatalogue(date, source, read)
            : null;
    }

    Model? Model(LocatedMember member)
    {
        if (Inherited(member.Value, 0) is not { } model || !shape.IsObject(model, $"the model `{member.Name}`", ModelKeys))
        {
            return null;
        }

        if (model["endpoints"] is null)
        {
            shape.Add(model, place => CatalogueProblems.MissingKey(place, "endpoints", $"the model `{member.Name}`"));
        }

        var retired = Retired(model);
        var variants = shape.Map(model, "endpoints")
            .Select(endpoint => Variant(member.Name, model, endpoint, retired))
            .OfType<ModelVariant>();
        return new Model(member.Name, [.. variants], retired)
        {
            Date = shape.Date(model, "date"),
            Source = shape.Text(model, "source"),
            Note = shape.Text(model, "note"),
            Mark = shape.Word(model, "mark", Marks),
        };
    }

    // `like` names a model that this one is but for what it writes itself; retirement, source and date are its own.
    LocatedJson? Inherited(LocatedJson model, int depth)
    {
        if (model["like"] is not { } like)
        {
            return model;
        }

        if (models[like.Text] is not { } other)
        {
            shape.Add(like, place => CatalogueProblems.NoSuch(place, "model", like.Text, [.. models.Members.Select(m => m.Name)]));
            return null;
        }

        if (depth > Deepest)
        {
            shape.Add(like, place => CatalogueProblems.Circle(place, like.Text));
            return null;
        }

        string[] own = ["retired", "date", "source", "note", "like"];
        return Inherited(other, depth + 1) is { } under
            ? (under with { Members = [.. under.Members.Where(m => !own.Contains(m.Name))] }).Under(model)
            : null;
    }

    Retirement? Retired(LocatedJson model)
    {
        if (model["retired"] is not { } written || !shape.IsObject(written, "`retired`", ["date", "use"]))
        {
            return null;
        }

        var use = shape.Text(written, "use");
        if (use is not null && models[use] is null)
        {
            var known = models.Members.Select(m => m.Name).ToList();
            shape.Add(written["use"] ?? written, place => CatalogueProblems.NoSuch(place, "model", use, known));
        }

        if (shape.Date(written, "date") is { } date)
        {
            return new Retirement(date, use);
        }

        if (written["date"] is null)
        {
            shape.Add(written, place => CatalogueProblems.MissingKey(place, "date", "`retired`"));
        }

        return null;
    }

    ModelVariant? Variant(string model, LocatedJson common, LocatedMember endpoint, Retirement? retired)
    {
        var what = $"`{model}` on `{endpoint.Name}`";
        if (!shape.IsObject(endpoint.Value, what, VariantKeys))
        {
            return null;
        }

        string[] notShared = ["endpoints", "like", "retired", "date", "source", "note"];
        var shared = common with { Members = [.. common.Members.Where(m => !notShared.Contains(m.Name))] };
        var variant = shared.Under(endpoint.Value);
        var body = Body(model, variant);
        if (shape.Word(variant, "output", ["video", "image", "audio"]) is not { } output)
        {
            if (variant["output"] is null)
            {
                shape.Add(endpoint, place => CatalogueProblems.MissingKey(place, "output", what));
            }

            return null;
        }

        return new ModelVariant
        {
            Model = model,
            Endpoint = endpoint.Name,
            Body = body,
            Price = prices.Price(variant, body),
            OutputKind = output,
            DefaultExtension = shape.Text(variant, "extension") ?? Usual(output),
            Extensions = extensions,
            Rules = prices.Rules(variant, body),
            Retired = retired,
            Mark = shape.Word(variant, "mark", Marks),
            Note = shape.Text(variant, "note"),
        };
    }

    FieldRule Body(string model, LocatedJson variant)
    {
        var limits = media.ToDictionary(known => known.Key, known => known.Value);
        foreach (var member in shape.Map(variant, "limits"))
        {
            if (shape.IsObject(member.Value, "`limits`", LimitKeys))
            {
                limits[member.Name] = fields.Limits(member.Value, limits.GetValueOrDefault(member.Name) ?? new MediaLimits());
            }
        }

        var name = new FieldRule
        {
            Name = "model",
            Kind = FieldKind.Text,
            IsRequired = true,
            Choices = [JsonValue.Create(model)],
        };
        return new FieldRule
        {
            Name = "",
            Kind = FieldKind.Object,
            IsStrict = shape.Truth(variant, "strict") ?? false,
            Fields = [name, .. fields.Members(variant, limits)],
        };
    }

    MediaLimits Media(LocatedJson written) =>
        shape.IsObject(written, "`media`", ["types", "max_bytes", "max_url", "max_data_uri"])
            ? new MediaLimits
            {
                Types = shape.Texts(written, "types"),
                MaxBytes = shape.Whole(written, "max_bytes"),
                MaxUrl = (int?)shape.Whole(written, "max_url"),
                MaxDataUri = (int?)shape.Whole(written, "max_data_uri"),
            }
            : new MediaLimits();

    static string Usual(string output) => output switch
    {
        "image" => ".png",
        "audio" => ".mp3",
        _ => ".mp4",
    };
}
