using System.Net;
using System.Net.Sockets;
using BatchRunner.Cli.Tests.Support;
using BatchRunner.Cli.World;
using BatchRunner.Jobs;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Tests;

/// <summary>What is said when a run can't go on as it was meant, and what to type then.</summary>
public sealed class RunTroubleSpecs : IAsyncDisposable
{
    readonly Desk typed = new();

    public ValueTask DisposeAsync() => typed.DisposeAsync();

    [Fact]
    public async Task Where_nobody_listens_it_says_so_and_leaves()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();

        var exit = await typed.Run("run", "batch.yaml", "--yes", "--new", "--base-url", $"http://127.0.0.1:{port}");

        Assert.Equal(7, exit);
        Assert.Contains($"nobody listens at 127.0.0.1:{port}, asked three times: nothing was sent", typed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("going on with 1", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_dearer_than_the_catalogue_says_stays_stopped_until_a_newer_one_is_given()
    {
        Catalogue("2026-11-19", perSecond: 5);
        Assert.Equal(5, await typed.Pay("", "--yes", "--new", "--models", "models.json"));
        Assert.Contains("Runway says 24 credits for `calm-m0", typed.Errors, StringComparison.Ordinal);
        Assert.Contains(", and the catalogue of 2026-11-19 says 10: nothing more of `gen4.5` is submitted until `--models` names a newer one", typed.Errors, StringComparison.Ordinal);
        Assert.Contains(" --models FILE` goes on with a newer catalogue", typed.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("goes on where this stopped", typed.Errors, StringComparison.Ordinal);

        Assert.Equal(5, await typed.Pay("", "--yes", "--models", "models.json"));
        Assert.DoesNotContain("  submitted  ", typed.Errors, StringComparison.Ordinal);

        Catalogue("2026-11-20", perSecond: 12);
        Assert.Equal(0, await typed.Pay("", "--yes", "--models", "models.json"));
        Assert.Contains("3 of 3 jobs done", typed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_create_on_its_way_is_being_submitted_while_a_run_is_at_work_and_unknown_afterwards()
    {
        Assert.Equal(0, await typed.Pay("", "--yes", "--new"));
        typed.Folder.Write("data/messages.csv", "id,scene\nm01,a window\nm02,a train table\nm03,a quiet desk\nm04,a bridge\n");
        var folder = new RunFolder(typed.Folder["out/ads"]);
        var header = Assert.IsType<ReadAnswer.Found>(Journal.Read(folder)).Contents.Header;
        var held = (OpenAnswer.Opened)await Journal.Open(
            folder, new JournalTerms("ads", header?.Against ?? "", "0", typed.Folder["home"]), new LocalDisk(), TimeProvider.System);
        await using (held.Store)
        {
            var old = held.Store.Contents.Jobs[0].Spec;
            var job = old with { Index = 3, Id = "calm-m04", Output = "calm-m04", Key = new(new string('a', 64)) };
            await held.Store.RecordPlan([.. held.Store.Contents.Jobs.Select(known => known.Spec), job], TestContext.Current.CancellationToken);
            await held.Store.BeginSubmit(
                job.Key, new SubmitTerms(24, null, 9, new Policy(), TimeProvider.System.GetUtcNow()), TestContext.Current.CancellationToken);

            Assert.Equal(7, await typed.Run("status", "out/ads", "--id", "calm-m04"));
            Assert.Contains("running  calm-m04", typed.Output, StringComparison.Ordinal);
            Assert.Equal(0, await typed.Run("explain", "out/ads", "calm-m04"));
            Assert.Contains("calm-m04: being submitted", typed.Output, StringComparison.Ordinal);
            Assert.Contains("a run picks it up, and pays nothing more: it is being submitted by the run that holds the folder", typed.Output, StringComparison.Ordinal);
        }

        Assert.Equal(7, await typed.Run("status", "out/ads", "--id", "calm-m04"));
        Assert.Contains("unknown  calm-m04: the last run ended before the answer was saved", typed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_refusal_of_many_jobs_is_told_once_and_the_manifest_comes_before_sending_it_again()
    {
        typed.Folder.Write("data/messages.csv", "id,scene\n" + string.Concat(Enumerable.Range(1, 7).Select(i => $"m0{i},scene {i}\n")));
        typed.Folder.Write("batch.yaml", """
            version: 1
            name: ads
            templates: { calm: "{{ message.scene }} on linen" }
            variables: { message: data/messages.csv }
            request: { model: gen99, endpoint: text_to_video, ratio: "1280:720", duration: 2 }
            """);

        Assert.Equal(5, await typed.Pay("", "--yes", "--new"));

        var end = typed.Errors[typed.Errors.IndexOf("0 of 7 jobs done", StringComparison.Ordinal)..].Split('\n');
        Assert.Matches(@"^  failed   5 jobs \(calm-m0., calm-m0., calm-m0. and 2 more\): .*correct what the message names$", Assert.Single(end, line => line.StartsWith("  failed", StringComparison.Ordinal)));
        Assert.StartsWith(
            "  next     first change what was refused, in the manifest or its sheet; then `batchrunner run batch.yaml --base-url ",
            Assert.Single(end, line => line.StartsWith("  next", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(7, await typed.Run("status", "batch.yaml"));
        Assert.Single(typed.Output.Split('\n'), line => line.StartsWith("  failed   5 jobs (", StringComparison.Ordinal));

        // Whoever asks for them sees each.
        Assert.Equal(3, await typed.Run("status", "batch.yaml", "--only", "failed"));
        Assert.Equal(5, typed.Output.Split('\n').Count(line => line.StartsWith("  failed   calm-m0", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task After_a_mistake_of_ours_the_state_is_saved_the_log_has_what_happened_and_no_key_and_the_next_run_goes_on()
    {
        typed.When = ("  submitted  ", _ => throw new InvalidOperationException("key_canary at https://cdn.example/a.mp4?_jwt=canary"));

        Assert.Equal(1, await typed.Pay("", "--yes", "--new"));
        Assert.Contains(
            "BR0999: a mistake in batchrunner itself; the state is saved, and out/ads/.batchrunner/log.jsonl has what happened",
            typed.Errors, StringComparison.Ordinal);
        var log = await File.ReadAllTextAsync(typed.Folder["out/ads/.batchrunner/log.jsonl"], TestContext.Current.CancellationToken);
        Assert.Contains(nameof(InvalidOperationException), log, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", log + typed.Errors, StringComparison.Ordinal);

        Assert.Equal(0, await typed.Pay("", "--yes"));
        Assert.Equal(3, (await typed.Charges()).Count);
    }

    [Fact]
    public void A_mistake_of_ours_is_told_on_one_line_without_a_key()
    {
        using var interrupts = new Interrupts();
        var outside = new Surroundings
        {
            Output = TextWriter.Null, Error = TextWriter.Null, Time = TimeProvider.System, Interrupts = interrupts,
            Variable = name => name is "RUNWAY_API_KEY" or "BATCHRUNNER_MODERATION_KEY" ? "canary of " + name : null,
        };

        var line = Unexpected.Line(
            new InvalidOperationException("canary of RUNWAY_API_KEY,\ncanary of BATCHRUNNER_MODERATION_KEY, https://cdn.example/a?_jwt=canary"), outside);

        Assert.StartsWith("batchrunner: BR0999: a mistake in batchrunner itself: [secret],", line, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
    }

    void Catalogue(string date, int perSecond) => typed.Folder.Write("models.json", $$"""
        {
          "date": "{{date}}", "source": "a test",
          "models": {
            "gen4.5": {
              "output": "video",
              "fields": {
                "promptText": { "type": "text" },
                "ratio": { "type": "text", "values": ["1280:720"] },
                "duration": { "type": "integer", "range": [2, 10] }
              },
              "price": { "parts": [{ "per": "second", "of": "duration", "credits": {{perSecond}} }] },
              "endpoints": { "text_to_video": {} }
            }
          }
        }
        """);
}
