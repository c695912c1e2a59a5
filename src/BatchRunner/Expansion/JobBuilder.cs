using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BatchRunner.Catalogue;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Keys;
using BatchRunner.Expansion.Naming;
using BatchRunner.Expansion.Requests;
using BatchRunner.Expansion.Sources;
using BatchRunner.Expansion.Sources.Sheets;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>Makes the jobs of one combination: its takes, each with its prompt, request, key, name and price.</summary>
sealed class JobBuilder(
    Manifest manifest, RequestLayers layers, RequestBuilder requests, TemplateSet templates, Renderer renderer,
    JobNames names, Tally tally)
{
    /// <summary>Takes a combination may have.</summary>
    public const int MostTakes = 1_000;


    static readonly string[] RatioFields = ["ratio", "resolution", "targetAspectRatio"];

    readonly TemplateText? takesText = manifest.Takes is { IsText: true } takes ? templates.Text(takes) : null;

    /// <summary>Wanted repetitions of the current combination; null if a problem was told.</summary>
    public int? Takes()
    {
        if (manifest.Takes is not { } node)
        {
            return 1;
        }

        if (!TryTakes(node, out var value))
        {
            return null;
        }

        var origin = new Origin(node.Place, takesText, value);
        if (value is null)
        {
            requests.Tell(NamingProblems.BlankTakes(node.Place), origin);
            return null;
        }

        if (FieldValue.Of(value, new FieldRule { Name = "takes", Kind = FieldKind.Integer })?.GetValue<long>()
            is >= 0 and <= MostTakes and var wanted)
        {
            return (int)wanted;
        }

        requests.Tell(NamingProblems.BadTakes(Renderer.Shown(value), node.Place), origin);
        return null;
    }

    bool TryTakes(ScalarNode node, out object? value)
    {
        value = node.Value;
        return !node.IsText || (takesText is not null && renderer.TryValue(takesText, out value));
    }

    /// <summary>One take of the current combination as a job; null if a problem was told.</summary>
    public JobSpec? Job(Combination combination, IReadOnlyList<string> axes, int index, int take)
    {
        renderer.Set("take", (long)take);
        var prompt = combination.Arm is { } arm && templates.Text(arm.Text, "take") is { } text ? renderer.Prompt(text) : null;
        if (combination.Arm is not null && prompt is null)
        {
            return null;
        }

        if (prompt is not null && !IsWhole(prompt) && combination.Arm is { Text: var cut })
        {
            tally.Add(RequestProblems.HalfCharacter(cut.Place) with { Related = combination.Place is { } row ? [row] : [] }, cut.Place, combination.Place);
            return null;
        }

        renderer.Set("prompt", prompt);
        var place = combination.Place ?? manifest.Request.Place;
        var named = names.Of(combination.Labels, take, place);
        var request = layers.Of(combination.Arm, Bringing(combination, axes)) is { } written
            ? requests.Build(written, combination.Arm, prompt)
            : null;
        if (request is null || named is not var (id, output) || !Checked(request))
        {
            return null;
        }

        var canonical = CanonicalJson.Of(request.Body);
        return new JobSpec
        {
            Index = index,
            Key = JobKeys.Of(request.Endpoint, canonical, take),
            Id = id,
            Output = output,
            Template = combination.Arm?.Name,
            Take = take,
            Rows = [.. combination.Rows.Select((row, i) => AxisRowOf(axes[i], row))],
            Endpoint = request.Endpoint,
            Model = request.Model,
            Request = canonical,
            Inputs = request.Inputs.Count == 0 ? [] : request.Inputs,
            EstimatedCredits = request.Credits,
            Prompt = Word(request.Body["promptText"]),
            Ratio = RatioFields.Select(field => Word(request.Body[field])).FirstOrDefault(word => word is not null),
            Duration = Number(request.Body["duration"] ?? request.Variant?.Body.Field("duration")?.Default),
            Seed = (long?)Number(request.Body["seed"]),
            Extension = request.Variant?.Extension(request.Body) ?? ".mp4",
            Place = combination.Place,
        };
    }

    /// <summary>Warns of takes that share their seed.</summary>
    public void WarnOfSeed(IReadOnlyList<JobSpec> takes, Combination combination, IReadOnlyList<string> axes)
    {
        if (takes.Count > 1 && takes[0].Seed is { } one && takes[1].Seed == one
            && layers.Of(combination.Arm, Bringing(combination, axes))?["seed"] is { } seed)
        {
            tally.Add(NamingProblems.FixedSeed(takes.Count, seed.Value.Place), seed.Value.Place, null);
        }
    }

    static List<(string Key, MapNode Request)> Bringing(Combination combination, IReadOnlyList<string> axes) =>
    [
        .. from pair in combination.Rows.Select((row, i) => (Row: row, Axis: axes[i]))
           where pair.Row.Request is not null
           select (string.Create(CultureInfo.InvariantCulture, $"{pair.Axis}:{pair.Row.Index}"), pair.Row.Request),
    ];

    bool Checked(BuiltRequest request)
    {
        if (request.Variant is not { } variant)
        {
            // That it is unknown has been told.
            return !request.IsWrong && IsPayable(request, "the catalogue doesn't know it", null);
        }

        var isRight = true;
        foreach (var problem in variant.Check(request.Body, request.Facts.GetValueOrDefault))
        {
            // Without a field that went wrong, others may look missing or out of place.
            if (request.IsWrong && (problem.MissingField is not null || !request.Origins.ContainsKey(problem.Pointer) || problem.Pointer.Length == 0))
            {
                continue;
            }

            isRight &= problem.Severity != Severity.Error;
            Tell(request, variant, problem);
        }

        return isRight && !request.IsWrong && Priced(request, variant);
    }

    void Tell(BuiltRequest request, ModelVariant variant, RequestProblem problem)
    {
        var field = problem.MissingField is { } missing ? $"{problem.Pointer}/{missing}" : null;
        if (field is not null && request.LeftOut.Contains(field) && request.OriginOf(field) is { } blank)
        {
            requests.Tell(RequestProblems.Blank(problem.MissingField ?? "", $"`{variant.Model}`", blank.Place), blank);
        }
        else if (request.OriginOf(problem.Pointer) is { } origin)
        {
            requests.Tell(new Diagnostic(problem.Code, problem.Severity, problem.Message, origin.Place, Hint(problem, origin)), origin);
        }
    }

    static string? Hint(RequestProblem problem, Origin origin) =>
        Renderer.AsText(origin.Value) is { } text && Spreadsheet.IsTimeOfDay(text) ? Spreadsheet.Hint([text]) : problem.Hint;

    bool Priced(BuiltRequest request, ModelVariant variant)
    {
        var estimate = variant.Estimate(request.Body, request.Facts.GetValueOrDefault);
        request.Credits = estimate.Credits;
        if (estimate.Credits is not null)
        {
            return true;
        }

        var (why, missing) = (estimate.Why ?? "", estimate.MissingField);
        var pointer = $"/{missing}";
        if (missing is not null && request.LeftOut.Contains(pointer) && request.OriginOf(pointer) is { } blank)
        {
            requests.Tell(RequestProblems.BlankPrice(missing, why, blank.Place), blank);
            return false;
        }

        if (manifest.Limits.MaxCredits is null && request.OriginOf(missing is null ? "/model" : "") is { } place)
        {
            requests.Tell(RequestProblems.UnknownPrice(why, place.Place, missing), place);
        }

        return IsPayable(request, why, missing);
    }

    // A cap can only be kept for what has a price.
    bool IsPayable(BuiltRequest request, string why, string? missing)
    {
        if (manifest.Limits.MaxCredits is null || (request.OriginOf("/model") ?? request.OriginOf("")) is not { } model)
        {
            return true;
        }

        requests.Tell(RequestProblems.Unpriced(request.Model, why, model.Place, missing), model);
        return false;
    }

    AxisRow AxisRowOf(string axis, SourceRow row)
    {
        if (row.InJobs is not { } known)
        {
            var isSigned = row.Texts.Any(text => text is not null && !ReferenceEquals(SignedUrl.Shown(text), text));
            row.InJobs = known = new AxisRow(
                axis, row.Label, ColumnsOf(axis), isSigned ? [.. row.Texts.Select(text => text is null ? null : SignedUrl.Shown(text))] : row.Texts);
        }

        return known;
    }

    /// <summary>The columns of each axis, for results.csv.</summary>
    public required Func<string, IReadOnlyList<string>> ColumnsOf { get; init; }

    // Half a surrogate pair is no text: Runway can't be sent it, and no file can keep it.
    static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\ud800', '\udfff') is >= 0 and var at)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var used) != OperationStatus.Done)
            {
                return false;
            }

            text = text[(at + used)..];
        }

        return true;
    }

    static string? Word(JsonNode? node) => node?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : null;

    static decimal? Number(JsonNode? node) =>
        node?.GetValueKind() == System.Text.Json.JsonValueKind.Number
        && decimal.TryParse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
