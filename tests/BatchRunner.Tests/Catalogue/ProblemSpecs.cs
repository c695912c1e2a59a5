using System.Text.RegularExpressions;
using BatchRunner.Catalogue;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Catalogue;

/// <summary>Every mistake in a request, word for word.</summary>
public sealed class ProblemSpecs
{
    [Fact]
    public void A_mistake_is_told_in_these_words()
    {
        var text = CaseFile.Load("tests/BatchRunner.Tests/Catalogue/Cases", "problems");
        using var folder = new TempFolder();
        text.WriteFiles(folder);

        var told = string.Concat(File.ReadLines(folder["requests"]).Select(line => $"{line}\n{Problems(line)}\n"));

        Assert.Equal(text.Expected("problems", told), told);
    }

    [Fact]
    public void Every_code_of_a_request_is_among_them()
    {
        var told = File.ReadAllText(Path.Combine(Root(), "tests/BatchRunner.Tests/Catalogue/Cases/problems.txt")) + "BR0510 BR0512";
        var wording = File.ReadAllText(Path.Combine(Root(), "src/BatchRunner/Catalogue/CatalogueProblems.cs"));
        var codes = Regex.Matches(wording, "\"(BR05[1-3][0-9])\"").Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(codes.Count > 20, $"{codes.Count}");
        Assert.All(codes, code => Assert.Contains(code, told, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_nobody_knows_is_a_warning()
    {
        var problem = CatalogueProblems.UnknownModel("/model", "gen4_turbp", ModelCatalogue.BuiltIn);

        Assert.Equal(
            "  /model BR0510 warning: the catalogue of 2026-09-23 doesn't know the model `gen4_turbp`: nothing is checked and its price is unknown\n"
                + "    did you mean `gen4_turbo`?",
            Told(problem));
    }

    [Fact]
    public void A_model_on_an_endpoint_it_isn_t_offered_on_is_told_where_it_is()
    {
        var model = ModelCatalogue.BuiltIn.Find("gen4.5");
        Assert.NotNull(model);

        var problem = CatalogueProblems.NotOnEndpoint("/model", model, "video_to_video");

        Assert.Equal(
            "  /model BR0512 error: `gen4.5` is not offered on `video_to_video`, but on `image_to_video` or `text_to_video`",
            Told(problem));
    }

    static string Problems(string line)
    {
        var request = new PricedRequest("? " + line);
        var variant = ModelCatalogue.BuiltIn.Find(request.Model)?.On(request.Endpoint);
        Assert.NotNull(variant);
        return string.Concat(variant.Check(request.Body, request.Media).Select(problem => Told(problem) + "\n"));
    }

    static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BatchRunner.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the repository is not above the tests");
        }

        return folder;
    }

    static string Told(RequestProblem problem) =>
        $"  {(problem.Pointer.Length == 0 ? "(body)" : problem.Pointer)} {problem.Code} {problem.Severity.ToString().ToLowerInvariant()}: {problem.Message}"
        + (problem.MissingField is { } missing ? $" [{missing}]" : "")
        + (problem.Hint is { } hint ? $"\n    {hint}" : "");
}
