using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Text;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Diagnostics;
using BatchRunner.Journaling;
using BatchRunner.Journaling.Guarding;
using BatchRunner.Manifests.Files;
using BatchRunner.Planning;
using BatchRunner.Planning.Saved;
using BatchRunner.Results;

namespace BatchRunner.Cli.Runs;

/// <summary>Saved plans as they are named on the command line: read, written, and what they stand for.</summary>
static class SavedPlans
{
    /// <summary>What tasks of the built-in simulator are journaled against.</summary>
    public const string Simulator = "simulator";

    /// <summary>Whether a file of this name is taken for a saved plan.</summary>
    public static bool Is(string path) =>
        path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    /// <summary>
    /// The same request with manifest and folder of a saved plan in place of the plan itself; as it is if it names none.
    /// Null, and what is wrong, if the plan can't be read or the options speak of something else.
    /// </summary>
    public static BatchRequest? Meant(BatchRequest request, DiagnosticBag problems)
    {
        if (!Is(request.Path) || request.Saved is not null)
        {
            return request;
        }

        var file = new SourceFile(request.Path, Path.GetFullPath(request.Path));
        if (SavedPlanReader.Read(file, problems) is not { } plan)
        {
            return null;
        }

        var beside = PathRules.FolderOf(request.Path);
        var folder = PathRules.ShownPath(plan.Folder, beside);
        if (request.Output is { } typed && Path.GetFullPath(typed) != Path.GetFullPath(Path.Combine(beside, plan.Folder)))
        {
            problems.Add(UsageProblems.OtherFolder(request.Path, folder, typed));
        }

        if (request.IsSimulated && plan.Against != Simulator)
        {
            problems.Add(UsageProblems.OtherServer(request.Path, plan.Against, Simulator));
        }

        return problems.HasErrors ? null : request with
        {
            Path = PathRules.ShownPath(plan.Manifest, beside),
            Output = folder,
            IsSimulated = plan.Against == Simulator,
            Saved = new SavedPlanFile(file, plan),
        };
    }

    /// <summary>The files that are not as they were when the request's plan was saved; none without a plan.</summary>
    public static IReadOnlyList<Diagnostic> ChangedInputs(BatchRequest request)
    {
        if (request.Saved is not var (file, plan))
        {
            return [];
        }

        var root = request.Root ?? PathRules.FolderOf(Path.GetFullPath(request.Path));
        return Staleness.OfInputs(plan, file, new PathRules(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))));
    }

    /// <summary>Whether a plan may be saved under a name; what is wrong is told.</summary>
    public static bool MaySave(string path, DiagnosticBag problems)
    {
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(UsageProblems.SaveElsewhere(path));
            return false;
        }

        if (PathRules.FolderOf(path) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            problems.Add(UsageProblems.SaveFailed(path, $"there is no folder `{folder}`"));
            return false;
        }

        var there = new DiagnosticBag();
        if (Directory.Exists(path)
            || (File.Exists(path) && SavedPlanReader.Read(new SourceFile(path, Path.GetFullPath(path)), there) is null))
        {
            problems.Add(UsageProblems.SaveOver(path));
            return false;
        }

        return true;
    }

    /// <summary>Saves a plan, and says so; the exit code if it can't be.</summary>
    public static int? Save(Plan plan, string path, string against, RunPlace place, Voice voice)
    {
        try
        {
            var full = Path.GetFullPath(path);
            var saved = PlanSaving.Of(plan, PathRules.FolderOf(full), place.Folder.Root, against);
            WholeFile.Replace(full, SavedPlanText.Of(saved));
            var shown = SafeText.Line(path);
            voice.Say($"saved as {shown}: `batchrunner run {shown}` submits what it lists, "
                + $"{Figures.Count(saved.SubmitCount, "job")} for {Figures.Price(saved.Credits)} at most, and nothing else");
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return voice.Refuse(UsageProblems.SaveFailed(path, Disk.Describe(error)));
        }
    }

    /// <summary>
    /// Writes into a plan that was saved before there was a journal which one it is run with: were that journal lost, the same
    /// plan must not be taken for one that nobody has paid for.
    /// </summary>
    public static void Bind(BatchRequest request, JournalContents journal, RunPlace place, Voice voice)
    {
        if (request.Saved is not var (file, plan) || plan.Journal is not null || journal.Header is not { } header)
        {
            return;
        }

        try
        {
            WholeFile.Replace(file.FullPath, SavedPlanText.Of(plan with { Journal = header.Folder }));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            voice.Write([UsageProblems.NotBound(file.Path, place.Shown, Disk.Describe(error))]);
        }
    }

    /// <summary>
    /// The same request, its plan bound to the journal that its folder had when this machine last ran there, if the folder has
    /// none now: as if the file said so. What is simulated was never paid, and may be run anew.
    /// </summary>
    public static BatchRequest Remembered(BatchRequest request, Surroundings outside) =>
        request is { Saved: { Plan: { Journal: null } plan } saved, Output: { } output } && plan.Against != Simulator
        && new RunFolder(Path.GetFullPath(output)) is var folder && !File.Exists(folder.Journal)
        && RanFolders.JournalOf(EmergencyPlace.Of(outside), folder) is { } journal
            ? request with { Saved = saved with { Plan = plan with { Journal = journal } } }
            : request;

    /// <summary>What tasks are journaled against: a plan that was saved for another server is not meant for this one.</summary>
    public static string Against(Account? account) => account?.Host ?? Simulator;

    /// <summary>The host a plan's tasks will live at, or null and what is wrong with it.</summary>
    public static string? Against(BatchRequest request, string? baseUrl, Surroundings outside, DiagnosticBag problems) =>
        request.IsSimulated ? Simulator : Account.AddressOf(outside, baseUrl, problems)?.Host;
}
