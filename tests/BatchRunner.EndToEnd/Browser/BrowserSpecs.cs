using BatchRunner.EndToEnd.Support;
using BatchRunner.TestKit;

namespace BatchRunner.EndToEnd.Browser;

/// <summary>The report and `review` in a real browser: what is looked for stands in tests/browser.</summary>
public sealed class BrowserSpecs(SimulatedAds ads) : IClassFixture<SimulatedAds>, IDisposable
{
    readonly TempFolder temp = new();

    public void Dispose() => temp.Dispose();

    [Fact]
    public async Task The_report_of_a_run_plays_filters_compares_judges_and_exports()
    {
        var run = await ads.Run();

        await Look("report.test.mjs", Path.Combine(run, "report.html"));
    }

    [Fact]
    public async Task Posters_are_made_where_ffmpeg_is_and_clips_wait_to_be_played()
    {
        Assert.SkipWhen(Tools.Find("ffmpeg") is null, "ffmpeg is not installed");
        var run = MadeReports.Copy(await ads.Run(), temp["ads"]);

        var ended = await Command.Run(temp.FullPath, null, "report", run);

        Assert.True(ended.Exit == 0, ended.ToString());
        await Look("posters.test.mjs", Path.Combine(run, "report.html"));
        ended = await Command.Run(temp.FullPath, null, "verify", run);
        Assert.True(ended.Exit == 0, ended.ToString());
    }

    [Fact]
    public async Task A_hundred_payloads_stay_text()
    {
        var clip = Directory.GetFiles(await ads.Run(), "*.mp4", SearchOption.AllDirectories)[0];

        await Look("hostile.test.mjs", MadeReports.Hostile(temp.FullPath, clip, Path.Combine(Folder, "payloads.json")));
    }

    [Fact]
    public async Task Five_hundred_clips_are_loaded_a_window_at_a_time()
    {
        var clip = Directory.GetFiles(await ads.Run(), "*.mp4", SearchOption.AllDirectories)[0];

        await Look("many.test.mjs", MadeReports.Many(temp.FullPath, clip, 500));
    }

    [Fact]
    public async Task Review_serves_the_page_and_keeps_what_is_said()
    {
        var run = MadeReports.Copy(await ads.Run(), temp["out/ads.simulated"]);
        using var review = Command.Start(temp.FullPath, null, "review", run, "--by", "Ada");
        var address = await review.Says("http://127.0.0.1:");

        await Look("review.test.mjs", Path.Combine(run, "report.html"), new Dictionary<string, string>
        {
            ["BATCHRUNNER_REVIEW"] = address,
            ["BATCHRUNNER_REVIEW_FILE"] = temp["ads.simulated.review.csv"],
        });

        review.Signal("INT");
        var ended = await review.End();
        Assert.True(ended.Exit == 0, ended.ToString());
    }

    static string Folder => Path.Combine(Repository.Root, "tests", "browser");

    static async Task Look(string file, string page, Dictionary<string, string>? more = null)
    {
        var chromium = Tools.Find("chromium");
        Assert.SkipWhen(chromium is null, "`chromium` is not installed");
        Assert.SkipUnless(NodeTests.AreHere, "`node` and `npm` are not installed");
        await NodeTests.Run(
            Folder,
            "playwright-core",
            new Dictionary<string, string>(more ?? [])
            {
                ["BATCHRUNNER_CHROMIUM"] = chromium ?? "",
                ["BATCHRUNNER_PAGE"] = page,
                ["BATCHRUNNER_SLOTS"] = SimulatedAds.Slots,
            },
            TestContext.Current.CancellationToken,
            file);
    }
}
