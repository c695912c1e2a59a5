using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Reviewing;
using BatchRunner.Cli.Runs;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using Microsoft.AspNetCore.Connections;

namespace BatchRunner.Cli.Commands;

/// <summary>`review`: serves the report on this machine, and keeps what is said of the clips in a file beside the manifest.</summary>
static class ReviewCommand
{
    public static Verb Build(Manner manner, Surroundings outside)
    {
        var batch = new BatchArguments("a manifest, a saved plan, or the folder of a run");
        var by = Options.Text("--by", "WHO", "who judges (the user of this machine)");
        var port = Options.Integer("--port", "the port (a free one)", 0, 65_535);
        var command = new Verb("review", "serves the report on this machine and keeps approvals, rejections and notes, until Ctrl-C")
        {
            Examples =
            [
                ("review batch.yaml", "prints the address; verdicts go into NAME.review.csv beside the manifest"),
                ("review batch.yaml --by Ada", "who said it is kept with each verdict"),
                ("run batch.yaml --only rejected --retake", "afterwards: one more take of what was rejected"),
            ],
        };
        batch.AddTo(command, withCatalogue: false);
        command.Options.Add(by);
        command.Options.Add(port);
        command.SetAction((parsed, _) => Review(
            batch.Of(parsed), parsed.GetValue(by), parsed.GetValue(port) ?? 0, manner.Of(parsed, outside), outside));
        return command;
    }

    static async Task<int> Review(BatchRequest request, string? by, int port, Voice voice, Surroundings outside)
    {
        var (run, exit) = RunPlaces.Open(request, voice);
        if (run is null)
        {
            return exit;
        }

        if (run.Place.Review is not { } file)
        {
            return voice.Refuse(UsageProblems.NoManifestOf(run.Place.Shown));
        }

        // A file that can't be understood is not written over, so nothing could be kept.
        if (Reviews.Of(run.Place, voice) is null)
        {
            return ExitCode.Usage;
        }

        await Posters.Make(run, outside, voice);
        var page = new ReviewPage(run, file, RunPlaces.Description(request), by ?? UserOf(outside));
        var desk = new ReviewDesk(page, new ReviewMedia(run.Place.Folder, page), new ReviewVerdicts(page, file));
        return await Serve(desk, port, file.Shown, Then(request), voice, outside);
    }

    static async Task<int> Serve(ReviewDesk desk, int port, string file, string then, Voice voice, Surroundings outside)
    {
        ReviewServer server;
        try
        {
            server = await ReviewServer.Start(desk, port, outside.Interrupts.Drain);
        }
        catch (IOException error) when (error.InnerException is AddressInUseException)
        {
            return voice.Refuse(UsageProblems.PortTaken(port));
        }

        await using (server)
        {
            voice.Answer(voice.IsJson
                ? JsonLine.Of("review", json =>
                {
                    json.WriteString("address", server.Address.AbsoluteUri);
                    json.WriteString("file", file);
                })
                : server.Address.AbsoluteUri);
            voice.Say($"open this address in a browser on this machine; verdicts go into {SafeText.Line(file)}; Ctrl-C ends it{then}");
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, outside.Time, outside.Interrupts.Drain);
            }
            catch (OperationCanceledException)
            {
                // Ctrl-C is how it is meant to end.
            }
        }

        return ExitCode.Done;
    }

    // A folder alone makes no further takes.
    static string Then(BatchRequest request) => RunPlaces.Folder(request) is not null ? ""
        : $"; then `batchrunner run {SafeText.Line(request.Path)}{request.Whereabouts} --only rejected --retake` makes one more take of what was rejected";

    static string UserOf(Surroundings outside) =>
        outside.Variable("USER") ?? outside.Variable("LOGNAME") ?? outside.Variable("USERNAME") ?? "";
}
