using System.Globalization;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;
using BatchRunner.Templating;

namespace BatchRunner.Expansion.Requests;

/// <summary>Fills a request with what the current row gives. A mistake is told at the cell it came from, if it came from one.</summary>
sealed class RequestBuilder(
    Manifest manifest, ModelCatalogue catalogue, TemplateSet templates, Renderer renderer, MediaInputs media, Tally tally)
{
    const string PromptField = "promptText";

    readonly EndpointChoice choice = new(catalogue);

    /// <summary>What became of a part: its value, or nothing, or a mistake that was told.</summary>
    readonly record struct Part(JsonNode? Value, bool CodeGave, bool IsWrong)
    {
        public static Part Nothing => default;

        public static Part Wrong => new(null, false, true);
    }

    /// <summary>The request of the current row; null if nothing could be made of it. What is wrong was told.</summary>
    /// <param name="written">All layers laid over one another.</param>
    /// <param name="arm">The arm, or null.</param>
    /// <param name="prompt">The rendered arm, or null.</param>
    public BuiltRequest? Build(RequestMap written, Arm? arm, string? prompt)
    {
        if (Start(written) is not { } request)
        {
            return null;
        }

        var isRight = true;
        request.Origins[""] = new Origin(written.Place, null, null);
        foreach (var field in written.Fields)
        {
            if (field.Name is not ("model" or "endpoint"))
            {
                isRight &= Add(request, request.Body, field, request.Variant?.Body.Field(field.Name), "").IsWrong is false;
            }
        }

        if (arm is not null && written[PromptField] is null)
        {
            isRight &= AddPrompt(request, arm, prompt);
        }

        request.IsWrong = !isRight;
        return request;
    }

    /// <summary>Tells a mistake at the cell a value came from, else at its template with the rows it reads.</summary>
    public void Tell(Diagnostic problem, Origin origin)
    {
        var row = origin.Text is null ? null : renderer.RowPlace(origin.Text);
        var told = origin.Text is null ? problem with { Place = origin.Place }
            : renderer.CellRead(origin.Text, origin.Value) is var (cell, _)
                ? problem with { Place = cell, Related = [origin.Place] }
                : problem with { Place = origin.Place, Related = renderer.RowsRead(origin.Text) };
        tally.Add(told, origin.Place, row);
    }

    BuiltRequest? Start(RequestMap written)
    {
        var nameOf = written["model"];
        var name = nameOf is null ? null : Word(nameOf.Value);
        if (string.IsNullOrEmpty(name))
        {
            if (nameOf is null || name is not null)
            {
                tally.Add(RequestProblems.NoModel(nameOf?.Value.Place ?? written.Place), nameOf?.Value.Place, null);
            }

            return null;
        }

        var model = catalogue.Find(name);
        var place = nameOf?.Value.Place ?? written.Place;
        if (Endpoint(written, model) is not ({ } endpoint, var isWritten))
        {
            return null;
        }

        var variant = model?.On(endpoint);
        if (model is null)
        {
            TellAt(CatalogueProblems.UnknownModel("/model", name, catalogue), place);
        }
        else if (variant is null)
        {
            TellAt(CatalogueProblems.NotOnEndpoint("/model", model, endpoint), isWritten ?? place);
            return null;
        }

        var request = new BuiltRequest(name, endpoint, variant);
        request.Body["model"] = name;
        request.Origins["/model"] = new Origin(place, (nameOf?.Value as RequestScalar)?.Text, name);
        return request;
    }

    (string? Endpoint, SourcePlace? Written) Endpoint(RequestMap written, Model? model)
    {
        var word = manifest.Endpoint is { } node && written["endpoint"] is null
            ? (templates.Text(node, "take", "prompt") is { } text ? renderer.Text(text) : null, (SourcePlace?)node.Place)
            : written["endpoint"] is { } field ? (Word(field.Value), field.Value.Place)
            : (null, null);
        if (word is ({ Length: > 0 } endpoint, { } place))
        {
            if (!catalogue.Endpoints.Contains(endpoint) && model is not null)
            {
                tally.Add(RequestProblems.UnknownEndpoint(endpoint, place, catalogue.Endpoints), place, null);
                return default;
            }

            return word;
        }

        if (choice.Of(model, written) is { } chosen)
        {
            return (chosen, null);
        }

        var modelPlace = written["model"]?.Value.Place ?? written.Place;
        tally.Add(
            RequestProblems.UnclearEndpoint(model?.Name ?? "", model?.Variants.Select(one => one.Endpoint) ?? [], modelPlace), modelPlace, null);
        return default;
    }

    // A word that must be there before anything else can be built; blank if it gives nothing, null if it went wrong.
    string? Word(RequestNode node) => node switch
    {
        RequestScalar { Text: { } text } => renderer.Text(text),
        RequestScalar { Node: { IsText: false } scalar } => scalar.Text,
        RequestNothing => "",
        _ => null,
    };

    Part Add(BuiltRequest request, JsonObject into, RequestField field, FieldRule? rule, string pointer)
    {
        var at = $"{pointer}/{Escaped(field.Name)}";
        var part = Of(request, field.Value, rule, field.Name, at);
        if (part.Value is { } value)
        {
            into[field.Name] = value;
        }
        else if (!part.IsWrong)
        {
            request.LeftOut.Add(at);
            request.Origins.TryAdd(at, new Origin(field.Value.Place, (field.Value as RequestScalar)?.Text, null));
            if (field.Name == RequestLayers.ImageField && pointer.Length == 0)
            {
                Tell(RequestProblems.BlankImage(field.Value.Place), request.Origins[at]);
                return Part.Wrong;
            }
        }

        return part;
    }

    Part Of(BuiltRequest request, RequestNode node, FieldRule? rule, string name, string pointer) => node switch
    {
        RequestScalar scalar => Scalar(request, scalar, rule, name, pointer),
        RequestMap map => Map(request, map, rule, pointer),
        RequestList list => List(request, list, rule, name, pointer),
        _ => Part.Nothing,
    };

    Part Map(BuiltRequest request, RequestMap map, FieldRule? rule, string pointer)
    {
        request.Origins[pointer] = new Origin(map.Place, null, null);
        var made = new JsonObject();
        bool codeGave = false, isWrong = false;
        var leftOutBefore = request.LeftOut.Count;
        foreach (var field in map.Fields)
        {
            var part = Add(request, made, field, rule?.Field(field.Name), pointer);
            codeGave |= part.CodeGave;
            isWrong |= part.IsWrong;
        }

        if (isWrong)
        {
            return Part.Wrong;
        }

        if ((map.HasCode && !codeGave) || made.Count == 0)
        {
            // What went with it is not missed one by one.
            request.LeftOut.RemoveRange(leftOutBefore, request.LeftOut.Count - leftOutBefore);
            return Part.Nothing;
        }

        return new Part(made, codeGave, false);
    }

    Part List(BuiltRequest request, RequestList list, FieldRule? rule, string name, string pointer)
    {
        request.Origins[pointer] = new Origin(list.Place, null, null);
        var made = new JsonArray();
        bool codeGave = false, isWrong = false;
        foreach (var item in list.Items)
        {
            var part = Of(request, item, rule?.AnyItem, name, $"{pointer}/{made.Count.ToString(CultureInfo.InvariantCulture)}");
            codeGave |= part.CodeGave;
            isWrong |= part.IsWrong;
            if (part.Value is { } value)
            {
                made.Add(value);
            }
        }

        return isWrong ? Part.Wrong
            : (list.HasCode && !codeGave) || made.Count == 0 ? Part.Nothing
            : new Part(made, codeGave, false);
    }

    Part Scalar(BuiltRequest request, RequestScalar scalar, FieldRule? rule, string name, string pointer)
    {
        if (!TryGiven(scalar, out var value))
        {
            return Part.Wrong;
        }

        if (value is null)
        {
            return Part.Nothing;
        }

        var origin = new Origin(scalar.Place, scalar.Text, value);
        request.Origins[pointer] = origin;
        var isMedia = rule is null ? request.Variant is null && choice.MediaName(name) is not null : rule.AsMedia is not null;
        if (isMedia && Renderer.AsText(value) is { } text)
        {
            return Medium(request, text, origin, pointer, scalar.HasCode);
        }

        if (FieldValue.Of(value, rule) is { } fits)
        {
            return new Part(fits, scalar.HasCode, false);
        }

        if (value is TemplateRow row)
        {
            Tell(RequestProblems.WholeRow(name, row, scalar.Place), origin);
            return Part.Wrong;
        }

        var shown = Renderer.Shown(value);
        Tell(
            RequestProblems.WrongType(name, shown, rule is null ? "a value" : FieldValue.Wanted(rule), scalar.Place, Hint(rule, shown, scalar)),
            origin);
        return Part.Wrong;
    }

    bool TryGiven(RequestScalar scalar, out object? value)
    {
        value = scalar.Node.Value;
        return !scalar.Node.IsText || (scalar.Text is not null && renderer.TryValue(scalar.Text, out value));
    }

    Part Medium(BuiltRequest request, string text, Origin origin, string pointer, bool hasCode)
    {
        var found = media.Resolve(text, origin.Place);
        if (found.Problem is { } problem)
        {
            Tell(problem, origin);
            return Part.Wrong;
        }

        if (found.At(pointer) is { } input)
        {
            request.Inputs.Add(input);
        }

        if (found.Facts is { } facts)
        {
            request.Facts[pointer] = facts;
        }

        return new Part(JsonValue.Create(found.Canonical), hasCode, false);
    }

    bool AddPrompt(BuiltRequest request, Arm arm, string? prompt)
    {
        if (request.Variant is { } variant && variant.Body.Field(PromptField) is null)
        {
            tally.Add(RequestProblems.TakesNoPrompt(request.Model, request.Endpoint, arm.NamePlace), arm.NamePlace, null);
            return true;
        }

        if (string.IsNullOrEmpty(prompt))
        {
            if (request.Variant?.Body.Field(PromptField)?.IsRequired == true && templates.Text(arm.Text, "take") is { } text)
            {
                Tell(RequestProblems.BlankPrompt(request.Model, arm.Text.Place), new Origin(arm.Text.Place, text, null));
                return false;
            }

            return true;
        }

        request.Body[PromptField] = prompt;
        request.Origins[$"/{PromptField}"] = new Origin(arm.Text.Place, templates.Text(arm.Text, "take"), prompt);
        return true;
    }

    static string? Hint(FieldRule? rule, string found, RequestScalar scalar) =>
        Spreadsheet.Hint([found]) is { } spreadsheet ? spreadsheet
        : rule?.Kind == FieldKind.Boolean && scalar.Text is { Template.IsExpression: true }
            ? "compare it: `{{ … == 'yes' }}`"
        : null;

    void TellAt(RequestProblem problem, SourcePlace place) =>
        tally.Add(new Diagnostic(problem.Code, problem.Severity, problem.Message, place, problem.Hint), place, null);

    static string Escaped(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
