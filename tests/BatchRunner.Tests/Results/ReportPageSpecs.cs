using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BatchRunner.Expansion;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.Results.Report;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Results;

public sealed class ReportPageSpecs
{
    public static TheoryData<string> Payloads =>
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]><img src=x onerror=alert(1)>",
        "\u2028\u2029</SCRIPT >",
        "{{script}}{{style}}{{csp}}{{data}}",
        "\"'&<>`",
    ];

    [Theory]
    [MemberData(nameof(Payloads))]
    public void Text_of_a_job_stays_data(string payload)
    {
        var page = Page(MadeJobs.Job(0, payload, "made with " + payload));

        var data = Regex.Match(page, "<script type=\"application/json\" id=\"batch\">(.*?)</script>", RegexOptions.Singleline);
        using var json = JsonDocument.Parse(data.Groups[1].Value);
        var job = json.RootElement.GetProperty("jobs")[0];
        Assert.Equal(payload, job.GetProperty("job").GetString());
        Assert.Equal("made with " + payload, job.GetProperty("prompt").GetString());
        Assert.Equal(2, Regex.Count(page, "<script"));
        Assert.DoesNotContain(payload, page.Replace(data.Value, "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_page_s_own_style_and_script_are_let_in_and_nothing_from_outside()
    {
        var page = Page(MadeJobs.Job(0));

        var policy = WebUtility.HtmlDecode(Regex.Match(page, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value);
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src {Hash(page, "<style>(.*?)</style>")};", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src {Hash(page, "<script>(.*?)</script>")};", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("innerHTML", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_results_make_the_same_bytes() => Assert.Equal(Page(MadeJobs.Job(0)), Page(MadeJobs.Job(0)));

    [Fact]
    public void The_name_is_shown_as_text()
    {
        var head = Head() with { Name = "<b>spring</b>" };

        var page = Encoding.UTF8.GetString(ReportPage.Write(head, new ResultsTable([], [])));

        Assert.Contains("<title>&lt;b&gt;spring&lt;/b&gt;</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>spring", page, StringComparison.Ordinal);
    }

    static string Page(JobSpec job) => Encoding.UTF8.GetString(ReportPage.Write(
        Head(), new ResultsTable([new Axis("message", ["id", "headline"])], [new ResultRow(job, JobState.New)])));

    static ReportHead Head() => new() { Name = "made", Against = "simulator", FolderId = "f1" };

    static string Hash(string page, string pattern)
    {
        var text = Regex.Match(page, pattern, RegexOptions.Singleline).Groups[1].Value;
        return $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'";
    }
}
