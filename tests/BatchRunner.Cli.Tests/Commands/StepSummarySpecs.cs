using System.Text.RegularExpressions;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.Views;

namespace BatchRunner.Cli.Tests.Commands;

/// <summary>The page of a step in GitHub Actions: what `plan` and `run` add to it, and what nobody can put into it.</summary>
public sealed partial class StepSummarySpecs : IAsyncDisposable
{
    readonly Desk desk = new();

    public StepSummarySpecs()
    {
        desk.Variables["GITHUB_ACTIONS"] = "true";
        desk.Variables["GITHUB_STEP_SUMMARY"] = desk.Folder["summary.md"];
    }

    string Page => File.ReadAllText(desk.Folder["summary.md"]);

    public ValueTask DisposeAsync() => desk.DisposeAsync();

    [Theory]
    [InlineData("")]
    [InlineData("--json")]
    public async Task A_plan_and_the_end_of_a_run_are_added_to_it(string form)
    {
        var plan = await desk.Type("plan batch.yaml --markdown");
        Assert.Equal(plan.Output, Page);

        var run = await desk.Pay("task:failed:SAFETY.INPUT.TEXT=#2", ["--yes", "--new", .. form.Length > 0 ? [form] : Array.Empty<string>()]);
        Assert.Equal(3, run);

        Assert.StartsWith(plan.Output, Page, StringComparison.Ordinal);
        var added = Page[plan.Output.Length..].Split('\n');
        Assert.StartsWith("### out/ads: 2 of 3 jobs done after ", added[0], StringComparison.Ordinal);
        Assert.Equal("- **jobs** 2 done, 1 failed", added[2]);
        Assert.StartsWith("- **files** 2 files (", added[3], StringComparison.Ordinal);
        Assert.Contains(added, line => line.StartsWith("- **money** 72 credits (\\$0.72) spent in this folder", StringComparison.Ordinal));
        Assert.Contains(added, line => line.StartsWith("- **failed** calm-m02: SAFETY.INPUT.TEXT", StringComparison.Ordinal));
        Assert.Contains(added, line => line.StartsWith("- **next** first change what was refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Elsewhere_nothing_is_written_and_a_page_that_can_t_be_written_stops_nothing()
    {
        desk.Variables["GITHUB_ACTIONS"] = "false";
        Assert.Equal(0, (await desk.Type("plan batch.yaml")).Exit);
        Assert.False(File.Exists(desk.Folder["summary.md"]));

        desk.Variables["GITHUB_ACTIONS"] = "true";
        desk.Variables["GITHUB_STEP_SUMMARY"] = desk.Folder["nowhere/summary.md"];
        var plan = await desk.Type("plan batch.yaml");
        Assert.Equal(0, plan.Exit);
        Assert.Contains("the summary of this step can't be written: it is not there", plan.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cell_and_no_prompt_breaks_out_of_its_place()
    {
        desk.Folder.Write("data/messages.csv", "id,scene\nm01,\"a | b <img src=x onerror=alert(1)> `| c` @octocat #1 [x](http://e.example) \\| d\n\n# heading\n</details>\"\n");
        desk.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { "<b>|`": "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen4.5, ratio: "1280:720", duration: 2 }
            """);

        var plan = await desk.Type("plan batch.yaml --markdown");

        Assert.True(plan.Exit == 0, plan.ToString());
        var lines = Page.Split('\n');
        var job = Assert.Single(lines, line => line.Contains("on linen", StringComparison.Ordinal));
        Assert.Equal(8, Bars().Count(job));
        Assert.DoesNotContain(lines, line => line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("</details>x", StringComparison.Ordinal));
        Assert.Equal(lines.Count(line => line.StartsWith("<details>", StringComparison.Ordinal)), lines.Count(line => line == "</details>"));
        Assert.DoesNotContain("<img", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("@octocat", Page, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"(?<!\\)`\\?\|", Page);
    }

    [Fact]
    public void No_more_is_written_than_GitHub_shows()
    {
        var path = desk.Folder["summary.md"];
        var page = new StepSummary(path);

        Assert.Null(page.Add(Enumerable.Repeat(new string('x', 999), 1000)));
        Assert.Null(page.Add(Enumerable.Repeat(new string('y', 999), 1000)));

        Assert.InRange(new FileInfo(path).Length, 1_000_000, 1 << 20);
        Assert.EndsWith("(cut here: GitHub shows no more than 1 MiB of a step)\n", Page, StringComparison.Ordinal);
        Assert.Null(page.Add(["more"]));
        Assert.InRange(new FileInfo(path).Length, 1_000_000, 1 << 20);
    }

    // A bar with an even number of backslashes before it parts cells.
    [GeneratedRegex(@"(?<!\\)(\\\\)*\|")]
    private static partial Regex Bars();
}
