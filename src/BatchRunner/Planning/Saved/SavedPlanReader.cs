using System.Globalization;
using System.Text.Json;
using BatchRunner.Catalogue.Reading;
using BatchRunner.Diagnostics;
using BatchRunner.Expansion;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Planning.Saved;

/// <summary>Reads a saved plan as strictly as a manifest is read: what it does not know, it refuses, and points at it.</summary>
sealed class SavedPlanReader
{
    static readonly string[] Top =
    [
        "plan", "name", "manifest", "folder", "against", "journal", "manifestJobs", "submit", "credits", "unpriced", "inputs", "jobs",
    ];

    readonly JsonText text;
    readonly DiagnosticBag problems;

    SavedPlanReader(JsonText text, DiagnosticBag problems) => (this.text, this.problems) = (text, problems);

    /// <summary>The plan, or null and everything that is wrong with it.</summary>
    public static SavedPlan? Read(SourceFile file, DiagnosticBag problems)
    {
        if (FileKinds.Of(file.FullPath) is var kind and not FileKind.Regular)
        {
            problems.Add(kind == FileKind.Missing ? FileProblems.NotThere(null, file.Path, null) : FileProblems.NotRegular(null, file.Path));
            return null;
        }

        if (PathRules.Read(file, SavedPlan.MaxBytes, null, problems) is not { } bytes)
        {
            return null;
        }

        var own = new DiagnosticBag();
        var text = new JsonText(file, bytes)
        {
            NotJson = SavedPlanProblems.NotJson, Twice = SavedPlanProblems.Twice, AllowsComments = false,
        };
        var plan = text.Read(own) is { } root ? new SavedPlanReader(text, own).Plan(root) : null;
        problems.AddRange(own);
        return own.HasErrors ? null : plan;
    }

    SavedPlan? Plan(LocatedJson root)
    {
        // Another format may mean anything by its keys: nothing else is said about the file.
        if (!root.IsObject || root["plan"] is not { } format)
        {
            problems.Add(root.IsObject
                ? SavedPlanProblems.MissingKey(text.Place(root), "plan", "the format of a saved plan")
                : SavedPlanProblems.NotJson(text.Place(root)));
            return null;
        }

        if (Whole(format) is not SavedPlan.NewestFormat)
        {
            problems.Add(Whole(format) > SavedPlan.NewestFormat
                ? SavedPlanProblems.Newer(text.Place(format), format.Text)
                : Wrong(format, "plan", $"the format, {SavedPlan.NewestFormat}"));
            return null;
        }

        HasOnly(root, Top);
        var plan = new SavedPlan
        {
            Name = Text(root, "name", "the manifest's name"),
            Manifest = Path(root, "manifest"),
            Folder = Path(root, "folder"),
            Against = Text(root, "against", "a host, or `simulator`"),
            Journal = Value(root, "journal", "a journal's id or null") is { Kind: not JsonValueKind.Null } ? Text(root, "journal", "a journal's id or null") : null,
            ManifestJobs = Count(root, "manifestJobs"),
            Inputs = [.. Items(root, "inputs").Select(Input)],
            Jobs = [.. Items(root, "jobs").Select(Job)],
        };
        Once(root, "jobs", "key", "a job with the key");
        Once(root, "jobs", "job", "the job");
        Once(root, "inputs", "file", "the file");
        if (!problems.HasErrors)
        {
            if (!plan.Inputs.Any(input => input.File == plan.Manifest))
            {
                problems.Add(SavedPlanProblems.MissingKey(text.Place(root["inputs"] ?? root), plan.Manifest, "the manifest"));
            }

            Total(root, "submit", plan.SubmitCount);
            Total(root, "credits", plan.Credits);
            Total(root, "unpriced", plan.UnpricedCount);
        }

        return plan;
    }

    SavedInput Input(LocatedJson item)
    {
        HasOnly(item, "file", "sha256");
        return new SavedInput(Path(item, "file"), Hash(item, "sha256"));
    }

    SavedJob Job(LocatedJson item)
    {
        var what = Value(item, "what", "what is done with the job");
        var action = PlanAction.New;
        if (what is not null && !(what.IsText && SavedPlanText.Actions.TryGetValue(what.Text, out action)))
        {
            problems.Add(Wrong(what, "what", string.Join(" or ", SavedPlanText.Actions.Keys.Select(word => $"`{word}`"))));
        }

        string[] known = action switch
        {
            PlanAction.Again => ["job", "what", "attempt", "credits", "key"],
            PlanAction.PickedUp => ["job", "what", "key"],
            _ => ["job", "what", "credits", "key"],
        };
        HasOnly(item, known);
        return new SavedJob(
            Text(item, "job", "a job's name"),
            action,
            action == PlanAction.Again ? Count(item, "attempt") : 1,
            action == PlanAction.PickedUp ? null : Price(item),
            new JobKey(Hash(item, "key")));
    }

    decimal? Price(LocatedJson item)
    {
        const string Expected = "a number of at least 0, or null";
        var value = Value(item, "credits", Expected);
        if (value is { Kind: not JsonValueKind.Null } && value.Number is not >= 0)
        {
            problems.Add(Wrong(value, "credits", Expected));
        }

        return value?.Number;
    }

    string Text(LocatedJson item, string key, string expected)
    {
        var value = Value(item, key, expected);
        if (value is null || (value.IsText && value.Text.Length is > 0 and <= 4096 && !value.Text.Any(char.IsControl)))
        {
            return value?.Text ?? "";
        }

        problems.Add(Wrong(value, key, expected));
        return "";
    }

    // Relative, so that a plan means the same files wherever it is copied to with them.
    string Path(LocatedJson item, string key)
    {
        const string Expected = "a path relative to this file, with `/`";
        var path = Text(item, key, Expected);
        if (path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || System.IO.Path.IsPathRooted(path))
        {
            problems.Add(Wrong(item[key] ?? item, key, Expected));
        }

        return path;
    }

    string Hash(LocatedJson item, string key)
    {
        const string Expected = "64 lower-case hex digits";
        var hash = Text(item, key, Expected);
        if (hash.Length > 0 && (hash.Length != 64 || !hash.All(char.IsAsciiHexDigit) || hash.Any(char.IsAsciiLetterUpper)))
        {
            problems.Add(Wrong(item[key] ?? item, key, Expected));
            hash = "";
        }

        // Where it is wrong, which was told, any hash may stand in for it.
        return hash.Length > 0 ? hash : new string('0', 64);
    }

    int Count(LocatedJson item, string key)
    {
        const string Expected = "a whole number of at least 0";
        var value = Value(item, key, Expected);
        if (value is null || Whole(value) is >= 0)
        {
            return value is null ? 0 : Whole(value) ?? 0;
        }

        problems.Add(Wrong(value, key, Expected));
        return 0;
    }

    void Total(LocatedJson root, string key, decimal expected)
    {
        if (Value(root, key, "a number") is { } value && value.Number != expected)
        {
            problems.Add(SavedPlanProblems.OtherTotal(
                text.Place(value), key, SavedPlanProblems.Found(value), expected.ToString("0.####", CultureInfo.InvariantCulture)));
        }
    }

    void Once(LocatedJson root, string list, string key, string what)
    {
        var lines = new Dictionary<string, LocatedJson>(StringComparer.Ordinal);
        foreach (var value in (root[list]?.Items ?? []).Select(item => item[key]).OfType<LocatedJson>().Where(value => value.IsText))
        {
            if (!lines.TryAdd(value.Text, value))
            {
                problems.Add(SavedPlanProblems.Repeated(
                    text.Place(value), $"{what} {SavedPlanProblems.Found(value)}", text.Place(lines[value.Text]).Line));
            }
        }
    }

    IReadOnlyList<LocatedJson> Items(LocatedJson root, string key)
    {
        var list = Value(root, key, "a list");
        if (list is { IsList: false })
        {
            problems.Add(Wrong(list, key, "a list"));
        }

        var items = list?.Items ?? [];
        foreach (var item in items.Where(item => !item.IsObject))
        {
            problems.Add(Wrong(item, key, "a list of objects"));
        }

        return [.. items.Where(item => item.IsObject)];
    }

    void HasOnly(LocatedJson item, params string[] known)
    {
        foreach (var member in item.Members.Where(member => !known.Contains(member.Name)))
        {
            problems.Add(SavedPlanProblems.UnknownKey(text.Place(member), member.Name, known));
        }
    }

    LocatedJson? Value(LocatedJson item, string key, string expected)
    {
        if (item[key] is { } value)
        {
            return value;
        }

        problems.Add(SavedPlanProblems.MissingKey(text.Place(item), key, expected));
        return null;
    }

    Diagnostic Wrong(LocatedJson value, string key, string expected) =>
        SavedPlanProblems.WrongValue(text.Place(value), key, SavedPlanProblems.Found(value), expected);

    static int? Whole(LocatedJson value) =>
        value.Number is { } number && number == decimal.Truncate(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : null;
}
