using System.Text;
using System.Xml.Linq;
using BatchRunner.Jobs;
using BatchRunner.Results;
using BatchRunner.TestKit.Fakes;

namespace BatchRunner.Tests.Results;

public sealed class JUnitXmlSpecs
{
    static readonly DateTimeOffset Nine = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_job_is_a_test_case_of_its_template()
    {
        var failure = new JobEvent.Failed(Nine, 1, new JobFailure("SAFETY.OUTPUT", "safety-output", false, "a \u001b[31m<red> ]]> \ud800 hand"), 25);
        ResultRow[] rows =
        [
            new(MadeJobs.Job(0), JobState.New),
            new(MadeJobs.Job(1), Life(new JobEvent.Intended(Nine, 1, 25), failure)),
            new(MadeJobs.Job(2) with { Template = "bold" }, Life(new JobEvent.Intended(Nine, 1, 25), new JobEvent.Lost(Nine, 1, "reset"))),
            new(MadeJobs.Job(3) with { Template = "bold" }, Life(new JobEvent.Screened(Nine, "competitor"))),
            new(MadeJobs.Job(4), JobState.New, IsOrphaned: true),
        ];

        using var file = new MemoryStream();
        JUnitXml.Write(file, "ads", new ResultsTable([], rows));
        var suites = XDocument.Parse(Encoding.UTF8.GetString(file.ToArray())).Root ?? new XElement("none");

        Assert.Equal(("ads", "4", "2", "1", "1"), Totals(suites));
        Assert.Equal([("calm", "2", "1", "0", "1"), ("bold", "2", "1", "1", "0")], suites.Elements().Select(Totals));
        var failed = suites.Descendants("failure").First();
        Assert.Equal("SAFETY.OUTPUT", failed.Attribute("type")?.Value);
        Assert.StartsWith("a \\u001b[31m<red> ]]> \ufffd hand; ", failed.Attribute("message")?.Value, StringComparison.Ordinal);
        Assert.Equal("job-0002", failed.Parent?.Attribute("name")?.Value);
    }

    static (string?, string?, string?, string?, string?) Totals(XElement element) => (
        element.Attribute("name")?.Value, element.Attribute("tests")?.Value, element.Attribute("failures")?.Value,
        element.Attribute("errors")?.Value, element.Attribute("skipped")?.Value);

    static JobState Life(params JobEvent[] events) => events.Aggregate(JobState.New, JobLife.Apply);
}
