using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>Whole batches as people write them make the jobs they were meant to make.</summary>
public sealed class BatchSpecs
{
    const string Folder = "tests/BatchRunner.Tests/Expansion/Batches";

    [Theory]
    [InlineData("product", "batch.yaml", 24, 600)]
    [InlineData("markets", "batch.yaml", 11, 275)]
    [InlineData("lesson", "batch.yaml", 5, 135)]
    [InlineData("eras", "batch.yaml", 7, 420)]
    [InlineData("eras", "finals.yaml", 2, 120)]
    [InlineData("stills", "1-stills.yaml", 6, 48)]
    [InlineData("stills", "2-clips.yaml", 2, 55)]
    [InlineData("race", "batch.yaml", 6, 410)]
    [InlineData("footage", "batch.yaml", 6, 150)]
    [InlineData("brand", "spring.yaml", 4, 240)]
    [InlineData("brand", "autumn.yaml", 3, 180)]
    [InlineData("brand", "spring.draft.yaml", 4, 40)]
    public void A_batch_makes_its_jobs_at_its_price(string batch, string manifest, int jobs, int credits)
    {
        using var folder = new TempFolder();
        var file = CaseFile.Load(Folder, batch);
        file.WriteFiles(folder);
        foreach (var (index, picture) in file.Prose.Split('\n').Index().Where(line => line.Item.EndsWith(".png", StringComparison.Ordinal)))
        {
            Picture.WriteTo(folder, picture, flavour: (byte)index);
        }

        var expanded = Expanded.Of(folder[manifest]);

        Assert.Equal("", new Expanded(null, expanded.Problems).Text(folder.FullPath));
        Assert.Equal(jobs, expanded.Jobs.Count);
        Assert.Equal(credits, expanded.Jobs.Sum(job => job.EstimatedCredits));
    }

    [Theory]
    [InlineData("01-marketing-ab/batch.yaml", 40)]
    [InlineData("02-localised/batch.yaml", 26)]
    [InlineData("04-explainer/batch.yaml", 14)]
    [InlineData("05-broll/batch.yaml", 12)]
    [InlineData("05-broll/finals.yaml", 2)]
    [InlineData("07-still-clip-master/1-stills.yaml", 9)]
    [InlineData("07-still-clip-master/2-clips.yaml", 3)]
    [InlineData("09-performance/batch.yaml", 4)]
    [InlineData("10-restyle-footage/batch.yaml", 20)]
    [InlineData("12-ci-brand/spring.yaml", 8)]
    [InlineData("12-ci-brand/autumn.yaml", 6)]
    [InlineData("12-ci-brand/spring.draft.yaml", 8)]
    public void The_batches_the_language_was_found_with_make_theirs(string manifest, int jobs)
    {
        var path = Corpus() is { } corpus ? Path.Combine(corpus, manifest) : null;
        Assert.SkipUnless(path is not null && File.Exists(path), "they lie beside the repository, where there are any");

        Assert.Equal(jobs, Expanded.Of(path).Jobs.Count);
    }

    static string? Corpus()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "shared", "manifests") is var corpus && Directory.Exists(corpus))
            {
                return corpus;
            }
        }

        return null;
    }
}
