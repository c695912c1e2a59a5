using BatchRunner.Cli.Tests.Support;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests;

public sealed class TranscriptSpecs
{
    const string Folder = "tests/BatchRunner.Cli.Tests/Cases";

    public static TheoryData<string> Names => [.. CaseFile.Names(Folder)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task What_is_typed_gets_exactly_this_answer(string name)
    {
        var story = CaseFile.Load(Folder, name);

        var said = await Transcript.Play(story);

        Assert.Equal(story.Expected("said", said), said);
    }
}
