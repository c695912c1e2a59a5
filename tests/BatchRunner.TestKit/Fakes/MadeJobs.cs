using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Keys;
using BatchRunner.Manifests;

namespace BatchRunner.TestKit.Fakes;

/// <summary>Jobs and batches without a manifest file.</summary>
static class MadeJobs
{
    static readonly string[] Columns = ["id", "headline"];

    /// <summary>A job whose request, and so whose key, is made of its prompt.</summary>
    public static JobSpec Job(int index, string? id = null, string? prompt = null, decimal? credits = 25)
    {
        id ??= $"job-{index + 1:0000}";
        prompt ??= $"a bottle on linen, number {index + 1}";
        var request = "{\"duration\":5,\"model\":\"gen4_turbo\",\"promptText\":\"" + prompt + "\",\"ratio\":\"1280:720\"}";
        return new JobSpec
        {
            Index = index,
            Key = JobKeys.Of("image_to_video", request, 1),
            Id = id,
            Output = "clips/" + id,
            Template = "calm",
            Take = 1,
            Rows = [new AxisRow("message", id, Columns, [id, "a headline, with \"quotes\""])],
            Endpoint = "image_to_video",
            Model = "gen4_turbo",
            Request = request,
            EstimatedCredits = credits,
            Prompt = prompt,
            Ratio = "1280:720",
            Duration = 5,
            Extension = ".mp4",
        };
    }

    public static IReadOnlyList<JobSpec> Several(int count) => [.. Enumerable.Range(0, count).Select(i => Job(i))];

    public static ExpandedBatch Batch(IReadOnlyList<JobSpec> jobs, Limits? limits = null)
    {
        var file = new SourceFile("batch.yaml", "/nowhere/batch.yaml");
        return new ExpandedBatch
        {
            Manifest = new Manifest
            {
                File = file,
                Folder = "/nowhere",
                Root = "/nowhere",
                Name = "made",
                Arms = [],
                Variables = [],
                Constants = new MapNode(new SourcePlace(file, 1, 1), []),
                Matrix = Matrix.All,
                Request = new MapNode(new SourcePlace(file, 1, 1), []),
                Limits = limits ?? new Limits(),
            },
            Jobs = jobs,
            Axes = [new Axis("message", Columns) { Rows = jobs.Count }],
            LeftOut = new LeftOut(0, 0, 0, 0),
        };
    }
}
