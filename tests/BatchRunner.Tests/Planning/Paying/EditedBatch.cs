using System.Globalization;
using System.Text;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>
/// A batch as its author sees it, who edits it at random: rows, templates, images, layers and the way all that is written.
/// It knows by itself what is asked for, without a key or a canonical request: one clip for each different sentence over the
/// same picture at the same length, shape and take.
/// </summary>
sealed class EditedBatch
{
    static readonly string[] Scenes = ["a window", "a train table", "a quiet desk", "rain", "a long shelf"];
    static readonly string[] Looks = ["on linen", "in hard light", "at dusk"];

    readonly List<Row> rows = [new("m1", "a window", "a", "hello"), new("m2", "a train table", "a", "hello"), new("m3", "rain", "b", "hello")];
    readonly List<Arm> arms = [new("calm", "on linen", null), new("bold", "in hard light", 8)];
    readonly Dictionary<string, (string File, byte Flavour)> images = new() { ["a"] = ("a.png", 1), ["b"] = ("b.png", 2) };
    string ratio = "1280:720";
    int duration = 5;
    int takes = 1;
    int style;
    int serial = 3;

    /// <summary>What was done, for a message.</summary>
    public StringBuilder Story { get; } = new();

    /// <summary>Every clip asked for now, and its price: five credits a second, by hand.</summary>
    public IReadOnlyDictionary<string, decimal> Clips => (
        from arm in arms
        from row in rows
        from take in Enumerable.Range(1, takes)
        let seconds = arm.Seconds ?? duration
        let clip = string.Create(
            CultureInfo.InvariantCulture, $"{row.Scene} {arm.Look} | {images[row.Image].Flavour} | {seconds} | {ratio} | {take}")
        select (clip, Price: 5m * seconds)).DistinctBy(one => one.clip).ToDictionary(one => one.clip, one => one.Price);

    /// <summary>One edit.</summary>
    public void Edit(Draws draws)
    {
        var row = rows[draws.Below(rows.Count)];
        var arm = arms[draws.Below(arms.Count)];
        var at = rows.IndexOf(row);
        var image = images.Keys.ElementAt(draws.Below(images.Count));
        switch (draws.Below(17))
        {
            case 0 when rows.Count < 6:
                Do($"add m{++serial}", () => rows.Insert(at, new Row($"m{serial}", draws.One(Scenes), image, "hello")));
                break;
            case 1 when rows.Count > 1:
                Do($"remove {row.Id}", () => rows.Remove(row));
                break;
            case 2:
                Do("reverse the rows", rows.Reverse);
                break;
            case 3 or 4:
                Do($"another scene for {row.Id}", () => rows[at] = row with { Scene = draws.One(Scenes) });
                break;
            case 5:
                Do($"another headline for {row.Id}", () => rows[at] = row with { Headline = $"hello {draws.Below(100)}" });
                break;
            case 6:
                Do($"call {row.Id} m{++serial}", () => rows[at] = row with { Id = $"m{serial}" });
                break;
            case 7:
                Do($"another picture for {row.Id}", () => rows[at] = row with { Image = image });
                break;
            case 8 or 9:
                Do($"another look for {arm.Name}", () => arms[arms.IndexOf(arm)] = arm with { Look = draws.One(Looks) });
                break;
            case 10:
                Do("the arms the other way round", arms.Reverse);
                break;
            case 11:
                Do($"another length for {arm.Name}", () => arms[arms.IndexOf(arm)] = arm with { Seconds = draws.One<int?>(null, 3, 8) });
                break;
            case 12:
                Do("another length for all", () => duration = draws.From(2, 6));
                break;
            case 13:
                Do("another shape", () => ratio = draws.One("1280:720", "720:1280"));
                break;
            case 14:
                Do($"other bytes in {image}", () => images[image] = images[image] with { Flavour = (byte)draws.From(1, 4) });
                break;
            case 15:
                Do($"rename {image}", () => images[image] = images[image] with { File = $"pictures/{++serial}.png" });
                break;
            case 16:
                Do("another number of takes", () => takes = draws.From(1, 2));
                break;
            default:
                break;
        }

        if (draws.Once(2))
        {
            Do("write it otherwise", () => style = draws.Below(8));
        }
    }

    /// <summary>Writes all of it; the manifest's path.</summary>
    public string Write(TempFolder folder)
    {
        foreach (var (file, flavour) in images.Values)
        {
            var path = folder[file];
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder.FullPath);
            File.WriteAllBytes(path, [.. MediaBytes.Png(1280, 720), flavour]);
        }

        folder.Write("rows.csv", Sheet());
        return folder.Write("batch.yaml", Manifest());
    }

    void Do(string what, Action edit)
    {
        Story.Append(what).Append("; ");
        edit();
    }

    // The order of columns, and quotes nobody needs.
    string Sheet()
    {
        var text = new StringBuilder((style & 1) == 0 ? "id,scene,image,headline\n" : "headline,image,id,scene\n");
        foreach (var row in rows)
        {
            var file = images[row.Image].File;
            text.Append((style & 1) == 0
                ? $"{row.Id},\"{row.Scene}\",{file},{row.Headline}\n"
                : $"{row.Headline},\"{file}\",{row.Id},{row.Scene}\n");
        }

        return text.ToString();
    }

    // Comments, quotes, and the order of keys.
    string Manifest()
    {
        var looks = string.Concat(arms.Select(arm => $"  {arm.Name}: {Template(arm)}\n"));
        string[] parts =
        [
            $"takes: {takes}\n",
            "image: \"{{ row.image }}\"\n",
            (style & 2) == 0
                ? $"request: {{ model: gen4_turbo, ratio: \"{ratio}\", duration: {duration} }}\n"
                : $"request:\n  # seconds\n  duration: \"{duration}\"\n  ratio: '{ratio}'\n  model: \"gen4_turbo\"\n",
            "dedupe: share\n",
        ];
        return "version: 1\nname: edited\n" + ((style & 4) == 0 ? "" : "# a comment\n")
            + $"templates:\n{looks}variables:\n  row: rows.csv\n"
            + string.Concat((style & 4) == 0 ? parts : parts.Reverse());
    }

    string Template(Arm arm)
    {
        var quote = (style & 2) == 0 ? '"' : '\'';
        var text = $"{quote}{{{{ row.scene }}}} {arm.Look}{quote}";
        return arm.Seconds is { } seconds ? $"{{ text: {text}, request: {{ duration: {seconds} }} }}" : text;
    }

    sealed record Row(string Id, string Scene, string Image, string Headline);

    sealed record Arm(string Name, string Look, int? Seconds);
}
