using BatchRunner.Diagnostics;

namespace BatchRunner.Cli.CommandLines;

/// <summary>What can be wrong with a command line and with what surrounds it: one method per code.</summary>
static class UsageProblems
{
    public static Diagnostic UnknownCommand(string word, IEnumerable<string> known) => Error(
        "BR0901", $"`{word}` is no command", Nearest.Hint(word, known) ?? "`batchrunner --help` lists the commands");

    public static Diagnostic UnknownOption(string word, string command, IEnumerable<string> known) => Error(
        "BR0902", $"`{command}` has no option `{word}`",
        Nearest.Hint(word, known) ?? $"`batchrunner {command} --help` lists its options");

    public static Diagnostic TooMuch(string word, string command) => Error(
        "BR0903", $"`{command}` does not know what to do with `{word}`", $"see `batchrunner {command} --help`");

    public static Diagnostic Missing(string command, string argument, string meaning) => Error(
        "BR0904", $"`{command}` needs {argument}: {meaning}", $"`batchrunner {command} --help` has examples");

    public static Diagnostic BadValue(string message) => Error("BR0905", message, null);

    public static Diagnostic SimulateAndBaseUrl() => Error(
        "BR0906", "`--simulate` and `--base-url` exclude each other: the simulator has an address of its own",
        "leave one of them out");

    public static Diagnostic ScaleWithoutSimulate() => Error(
        "BR0907", "`--time-scale` needs `--simulate`: Runway takes the time it takes", null);

    public static Diagnostic NoKey() => Error(
        "BR0910", "there is no key for Runway; nothing was sent",
        "set `RUNWAYML_API_SECRET` to run it there, or add `--simulate` to try it without a key and without money");

    public static Diagnostic BadKey(string variable, string problem) => Error(
        "BR0911", $"`{variable}` holds no key: {problem}; nothing was sent", null);

    public static Diagnostic BadBaseUrl(string from, string problem) => Error(
        "BR0912", $"{from}: {problem}; nothing was sent", null);

    public static Diagnostic NotConfirmed(string price, string flags) => Error(
        "BR0913", $"this run may cost {price}, and nobody is there to say yes; nothing was sent", $"add {flags}");

    public static Diagnostic FirstRunHere(string folder, string price) => Error(
        "BR0929", $"`{folder}` has no run yet, so everything is new and may cost {price}; nothing was sent",
        "add `--new` if that is meant; if not, bring back the folder of the earlier run (another `name` is another folder)");

    public static Diagnostic NewButThere(string folder) => Error(
        "BR0914", $"`--new` was said, but `{folder}` has a journal; nothing was sent",
        "leave `--new` out: the run goes on where it was");

    public static Diagnostic TooManyJobs(int jobs, int most) => Error(
        "BR0915", $"the manifest has {jobs} jobs, and `--max-jobs` is {most}; nothing was sent", null);

    public static Diagnostic DearerMeanwhile(string now, string asked) => Error(
        "BR0916", $"the folder has changed meanwhile, and this run may now cost {now} instead of {asked}; nothing was sent",
        "run it again to see the new price");

    public static Diagnostic UnpricedUnderCap(int jobs, string example) => Error(
        "BR0917", $"{jobs} of the jobs to submit, such as `{example}`, have no known price, so `--max-credits` can't be kept; nothing was sent",
        "leave them out with `--id`, or name a catalogue that has the price with `--models`");

    public static Diagnostic NoRunYet(string folder, bool hasSimulated) => Error(
        "BR0922", $"`{folder}` has no run yet", hasSimulated
            ? "there is a simulated one: add `--simulate`"
            : "`batchrunner plan` shows what there is to do, `batchrunner run` does it");

    public static Diagnostic UnknownModel(string name, IEnumerable<string> known) => Error(
        "BR0923", $"the catalogue has no model `{name}`", Nearest.Hint(name, known) ?? "`batchrunner models` lists them");

    public static Diagnostic NoSuchFile(string option, string path) => Error(
        "BR0924", $"`{option}` names `{path}`, which is not there", null);

    public static Diagnostic PortTaken(int port) => Error(
        "BR0925", $"port {port} is taken", "choose another with `--port`, or leave it out for a free one");

    public static Diagnostic UnknownState(string word, IEnumerable<string> known) => Error(
        "BR0926", $"`--only` has `{word}`, but knows {string.Join(", ", known.Select(state => $"`{state}`"))}",
        Nearest.Hint(word, known) ?? (OtherWords.GetValueOrDefault(word.ToLowerInvariant()) is { } ours ? $"did you mean `{ours}`?" : null));

    // What other programs call the states.
    static readonly Dictionary<string, string> OtherWords = new(StringComparer.Ordinal)
    {
        ["finished"] = "done", ["succeeded"] = "done", ["success"] = "done", ["complete"] = "done", ["completed"] = "done", ["kept"] = "done",
        ["new"] = "planned", ["open"] = "planned", ["todo"] = "planned", ["pending"] = "planned", ["missing"] = "planned", ["changed"] = "planned",
        ["submitted"] = "running", ["active"] = "running", ["throttled"] = "running", ["queued"] = "running",
        ["error"] = "failed", ["errors"] = "failed", ["broken"] = "failed", ["aborted"] = "cancelled", ["deleted"] = "cancelled",
        ["lost"] = "unknown", ["blocked"] = "screened", ["denied"] = "screened",
    };

    public static Diagnostic BadFaults(string problem) => Error("BR0927", $"`--faults`: {problem}", null);

    public static Diagnostic NoState(string path, string problem) => Error(
        "BR0928", $"`--state`: `{path}` {problem}", "name another file, which need not exist yet");

    public static Diagnostic NothingSelected(string selection, int jobs) => Error(
        "BR0930", $"`{selection}` matches none of the {jobs} jobs; nothing was sent", "`batchrunner status` shows what is where");

    public static Diagnostic NothingJudged(string selection, string file) => Error(
        "BR0930", $"`{selection}` matches no job: verdicts are in `{file}`, which is not there; nothing was sent",
        "`batchrunner review` keeps what you approve and reject there");

    public static Diagnostic SaveElsewhere(string path) => Error(
        "BR0931", $"`--save` names `{path}`, but a saved plan ends in `.json`: that is how `run` knows it", null);

    public static Diagnostic SaveOver(string path) => Error(
        "BR0932", $"`--save` names `{path}`, which is there and is no saved plan", "choose another name, or remove that file");

    public static Diagnostic SaveFailed(string path, string reason) => Error(
        "BR0933", $"`{path}` can't be written: {reason}", null);

    public static Diagnostic BaseUrlWithoutSave() => Error(
        "BR0934", "`--base-url` needs `--save` or `--account`: a plan by itself opens no connection", "leave it out");

    public static Diagnostic OtherFolder(string plan, string saved, string typed) => Error(
        "BR0935", $"`{plan}` was saved for the folder `{saved}`, but `-o` says `{typed}`; nothing was sent",
        "leave `-o` out, or save a plan for that folder");

    public static Diagnostic OtherServer(string plan, string saved, string now) => Error(
        "BR0936", $"`{plan}` was saved for `{saved}`, but this run is against `{now}`; nothing was sent",
        "run it against the same, or save a plan with the same `--simulate` or `--base-url`");

    public static Diagnostic RetakeOfAll() => Error(
        "BR0937", "`--retake` needs a selection: one more take of every job is not meant lightly",
        "say which with `--id`, `--where`, `--only` or `--limit`; `--only done` is all that are done");

    public static Diagnostic RetakeAndSavedPlan() => Error(
        "BR0938", "`--retake` and a saved plan exclude each other: a further take is planned when its run begins",
        "run the manifest itself: `batchrunner run MANIFEST --retake --id JOB --yes`");

    public static Diagnostic NothingToRetake(string selection) => Error(
        "BR0939", $"none of the jobs that `{selection}` matches is done, so there is nothing to take again; nothing was sent",
        "`run` makes what is missing, `run --only failed` submits failed jobs again");

    public static Diagnostic NoManifestOf(string folder) => Error(
        "BR0995", $"`{folder}` does not lie in `out/` beside its manifest, so nobody knows where its review file is",
        "name the manifest, and the folder with `-o`");

    public static Diagnostic RetakeOfFolder(string folder) => Error(
        "BR0960", $"`--retake` needs a manifest, but `{folder}` is a run's folder, which submits nothing",
        "name the manifest: `batchrunner run MANIFEST --retake --id JOB`");

    public static Diagnostic AccountOfSimulator() => Error(
        "BR0956", "`--account` asks Runway, but this plan is for the simulator, whose account begins with each run", "leave one of them out");

    public static Diagnostic FolderNotSaved(string folder) => Error(
        "BR0957", $"`--save` keeps what a manifest plans, but `{folder}` is a run's folder, which submits nothing",
        "name the manifest: `batchrunner plan MANIFEST --save FILE`");

    public static Diagnostic AccountNotAsked(string reason) => Error(
        "BR0958", $"the account could not be asked: {reason}", "try again later, or leave `--account` out");

    public static Diagnostic NotBound(string plan, string folder, string reason) => new(
        "BR0959", Severity.Warning, $"`{plan}` can't be written ({reason}), so it does not say that it was run",
        Hint: $"keep `{folder}`: without it, another machine would pay for the same plan once more");

    public static Diagnostic JUnitOver(string path) => Error(
        "BR0981", $"`--junit` writes a new file that ends in `.xml`, or over JUnit XML, and `{path}` is neither; nothing was sent",
        "name another file");

    public static Diagnostic UnknownShell(string word, IEnumerable<string> known) => Error(
        "BR0980", $"`{word}` is no shell that can be helped: they are {string.Join(", ", known)}", Nearest.Hint(word, known));

    static Diagnostic Error(string code, string message, string? hint) =>
        new(code, Severity.Error, message, Hint: hint);
}
