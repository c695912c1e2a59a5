using System.Globalization;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion.Naming;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion;

/// <summary>What jobs are called and where their files go. From the second take on `-take2` is appended, unless `take` is read.</summary>
sealed class JobNames(Manifest manifest, TemplateSet templates, Renderer renderer, Tally tally)
{
    readonly TemplateText? idText = manifest.Id is { } id ? templates.Text(id, "take") : null;
    readonly TemplateText? outputText = manifest.Output is { } output ? templates.Output(output) : null;

    /// <summary>Where the rule for ids stands.</summary>
    public SourcePlace? IdPlace => manifest.Id?.Place;

    /// <summary>Where the rule for outputs stands.</summary>
    public SourcePlace? OutputPlace => manifest.Output?.Place ?? manifest.Id?.Place;

    /// <summary>The id and the output of the current row; null if a problem was told.</summary>
    /// <param name="labels">Of every axis, in order.</param>
    /// <param name="take">From 1.</param>
    /// <param name="place">Where to point if no template is to blame.</param>
    public (string Id, string Output)? Of(IEnumerable<string> labels, int take, SourcePlace place)
    {
        var id = idText is null ? string.Join('-', labels) : renderer.Text(idText);
        if (id is null)
        {
            return null;
        }

        id = Slug.Cleaned(id.Length == 0 && idText is null ? manifest.Name : id);
        if (id.Length == 0)
        {
            tally.Add(NamingProblems.BlankId(IdPlace ?? place) with { Related = [place] }, IdPlace, place);
            return null;
        }

        id = WithTake(id, take, idText?.ReadsName("take") == true);
        return Output(id, take, place) is { } output ? (id, output) : null;
    }

    string? Output(string id, int take, SourcePlace place)
    {
        var path = id;
        if (outputText is not null)
        {
            renderer.Set("id", id);
            if (renderer.Text(outputText) is not { } rendered)
            {
                return null;
            }

            path = WithTake(OutputPath.Of(rendered), take, outputText.ReadsName("take") || outputText.ReadsName("id"));
        }

        if (OutputPath.Refusal(path) is not { } why)
        {
            return path;
        }

        tally.Add(NamingProblems.BadOutput(path, why, OutputPlace ?? place) with { Related = [place] }, OutputPlace, place);
        return null;
    }

    static string WithTake(string name, int take, bool isTold) =>
        take == 1 || isTold ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-take{take}");
}
