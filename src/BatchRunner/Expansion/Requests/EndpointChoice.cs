using BatchRunner.Catalogue;

namespace BatchRunner.Expansion.Requests;

/// <summary>Which endpoint a request goes to, by the model and the fields that are written. A blank cell never decides.</summary>
sealed class EndpointChoice(ModelCatalogue catalogue)
{
    const string Text = "text_to_video", Image = "image_to_video", Video = "video_to_video";

    readonly Dictionary<string, string> mediaNames = MediaNames(catalogue);

    /// <summary>The endpoint; null if it can't be told.</summary>
    public string? Of(Model? model, RequestMap written)
    {
        if (model is null)
        {
            return written.Fields.Any(field => MediaName(field.Name) == "video") ? Video
                : written[RequestLayers.ImageField] is not null ? Image
                : Text;
        }

        if (model.Variants.Count == 1)
        {
            return model.Variants[0].Endpoint;
        }

        var text = model.On(Text);
        return Writes(model.On(Video), "video") ? Video
            : Writes(model.On(Image), "image") ? Image
            : text?.Endpoint ?? OnlyOf(model.On(Image), model.On(Video));

        // A field counts if it is what sets the endpoint apart: the text's own variant doesn't take it.
        bool Writes(ModelVariant? variant, string media) =>
            variant is not null && written.Fields.Any(field =>
                variant.Body.Field(field.Name) is { } rule && IsOf(rule, media) && text?.Body.Field(field.Name) is null);
    }

    /// <summary>The media a field of this name takes in the catalogue's models, for a model it doesn't know; or null.</summary>
    public string? MediaName(string field) => mediaNames.GetValueOrDefault(field);

    static string? OnlyOf(ModelVariant? image, ModelVariant? video) =>
        (image, video) switch
        {
            ({ } one, null) => one.Endpoint,
            (null, { } one) => one.Endpoint,
            _ => null,
        };

    static bool IsOf(FieldRule rule, string media) =>
        rule.Media == media || (rule.Item is { } item && IsOf(item, media))
        || rule.Fields.Any(field => IsOf(field, media)) || rule.Alternatives.Any(alternative => IsOf(alternative, media));

    static Dictionary<string, string> MediaNames(ModelCatalogue catalogue)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var variant in catalogue.Models.SelectMany(model => model.Variants))
        {
            Add(variant.Body.Fields);
        }

        return names;

        void Add(IEnumerable<FieldRule> fields)
        {
            foreach (var field in fields)
            {
                if (field.AsMedia?.Media is { } media)
                {
                    names.TryAdd(field.Name, media);
                }

                Add(field.Fields);
                Add(field.Alternatives.SelectMany(one => one.Fields).Concat(field.Alternatives.SelectMany(one => one.Item?.Fields ?? [])));
                Add(field.Item?.Fields ?? []);
            }
        }
    }
}
