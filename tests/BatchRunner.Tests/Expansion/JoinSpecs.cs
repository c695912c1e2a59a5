using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>Equalities between sheets are joins: they never look at every pair.</summary>
public sealed class JoinSpecs
{
    const string Batch = """
        version: 1
        name: t
        templates: { a: "{{ a.scene }}, {{ b.look }}" }
        variables: { a: a.csv, b: b.csv }
        matrix: { where: "WHERE" }
        request: { model: gen4.5, ratio: "1280:720", duration: 5 }
        """;

    [Theory]
    [InlineData("a.key == b.key", 10_000)]
    [InlineData("b.key == a.key && a.id != 'a7'", 9_999)]
    [InlineData("b.look != 'look 3' && (a.key | string.upcase) == (b.key | string.upcase)", 9_999)]
    public void Ten_thousand_rows_joined_with_ten_thousand_are_ten_thousand_jobs(string where, int jobs)
    {
        const int rows = 10_000;
        using var folder = new TempFolder();
        folder.Write("batch.yaml", Batch.Replace("WHERE", where, StringComparison.Ordinal));
        folder.Write("a.csv", Sheet("id,key,scene", i => $"a{i},k{i},scene {i}"));
        folder.Write("b.csv", Sheet("id,key,look", i => $"b{i},k{(i * 7) % rows},look {i}"));
        var before = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();

        var expanded = Expanded.Of(folder["batch.yaml"]);

        Assert.Equal(jobs, expanded.Jobs.Count);
        Assert.Equal(((long)rows * rows) - jobs, expanded.Batch?.LeftOut.Where);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 2_000_000_000, "it built the product");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "it looked at the product");

        static string Sheet(string header, Func<int, string> row)
        {
            var text = new StringBuilder(header).Append('\n');
            for (var i = 0; i < rows; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{row(i)}\n");
            }

            return text.ToString();
        }
    }

    [Theory]
    [InlineData("a.key == b.key")]
    [InlineData("a.key == b.key || a.id == 'a1'")]
    [InlineData("a.n == b.n && a.id != b.id")]
    [InlineData("a.n != b.n")]
    [InlineData("a.key == b.key && n == 2")]
    [InlineData("b.n == n && a.n == n")]
    [InlineData("a.blank == b.blank")]
    [InlineData("n == b.n")]
    public void A_join_keeps_what_the_product_would(string where)
    {
        const string sheet = "id,key,n,blank\nX1,k1,1,\nX2,k2,2,y\nX3,k1,2,\nX4,k9,2.0,y\n";
        var manifest = $$$"""
            version: 1
            name: t
            templates: { a: "{{ a.id }} {{ n }} {{ b.id }}" }
            variables: { a: a.csv, n: [ 1, 2 ], b: b.csv }
            matrix: { where: "{{{where}}}" }
            request: { model: gen4.5, ratio: "1280:720", duration: 5 }
            """;
        string[] files = ["batch.yaml", manifest, "a.csv", sheet.Replace('X', 'a'), "b.csv", sheet.Replace('X', 'b')];

        var joined = Expanded.OfFiles(files);
        files[1] = manifest.Replace(where, $"[{where}] | array.first", StringComparison.Ordinal);
        var product = Expanded.OfFiles(files);

        Assert.NotEmpty(joined.Jobs);
        Assert.Equal(product.Jobs.Select(job => job.Prompt), joined.Jobs.Select(job => job.Prompt));
        Assert.Equal(product.Batch?.LeftOut, joined.Batch?.LeftOut);
    }
}
