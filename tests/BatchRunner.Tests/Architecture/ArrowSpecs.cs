using System.Text.RegularExpressions;

namespace BatchRunner.Tests.Architecture;

public partial class ArrowSpecs
{
    /// <summary>Which rooms of the engine each room may use. An arrow that is not here is not allowed.</summary>
    static readonly Dictionary<string, string[]> Rooms = new(StringComparer.Ordinal)
    {
        ["Diagnostics"] = [],
        ["Manifests"] = ["Diagnostics"],
        ["Catalogue"] = ["Diagnostics"],
        ["Expansion"] = ["Manifests", "Catalogue", "Diagnostics"],
        ["Runway"] = ["Expansion"],
        ["Moderation"] = ["Runway"],
        ["Jobs"] = ["Runway"],
        // What stands at a path: a file, a folder, or something that must not be opened.
        ["Journaling"] = ["Jobs", "Expansion", "Runway", "Manifests", "Diagnostics"],
        // The disk's checked calls, and what both kinds of connection share: names on the wire and words made safe.
        ["Downloads"] = ["Journaling", "Runway"],
        ["Planning"] = ["Expansion", "Manifests", "Catalogue", "Jobs", "Journaling", "Diagnostics"],
        ["Scheduling"] = ["Planning", "Expansion", "Manifests", "Jobs", "Journaling", "Runway", "Downloads"],
        ["Results"] = ["Planning", "Expansion", "Jobs", "Journaling", "Diagnostics"],
    };

    /// <summary>Which of our projects each project may use.</summary>
    static readonly Dictionary<string, string[]> Projects = new(StringComparer.Ordinal)
    {
        ["BatchRunner.Templating"] = [],
        ["BatchRunner"] = ["BatchRunner.Templating"],
        ["BatchRunner.Simulator"] = ["BatchRunner"],
        ["BatchRunner.Cli"] = ["BatchRunner", "BatchRunner.Simulator"],
    };

    static readonly Lazy<Dictionary<string, HashSet<string>>> Types = new(() => Rooms.Keys.ToDictionary(
        room => room,
        room => Directory.GetFiles(Path.Combine(Engine, room), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Declarations().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .ToHashSet(StringComparer.Ordinal)));

    static string Engine => Path.Combine(Repository.Root, "src", "BatchRunner");

    [Fact]
    public void The_rooms_of_the_engine_keep_to_their_arrows()
    {
        var broken =
            from room in Directory.GetDirectories(Engine).Select(folder => Path.GetFileName(folder))
            from file in Directory.GetFiles(Path.Combine(Engine, room), "*.cs", SearchOption.AllDirectories)
            from arrow in Broken(room, Path.GetRelativePath(Engine, file), File.ReadAllText(file))
            select arrow;

        Repository.AssertNone(broken);
    }

    [Fact]
    public void The_arrows_have_no_circle()
    {
        foreach (var room in Rooms.Keys)
        {
            Assert.DoesNotContain(room, Reach(room));
        }

        static HashSet<string> Reach(string room)
        {
            var reached = new HashSet<string>(StringComparer.Ordinal);
            var next = new Stack<string>(Rooms[room]);
            while (next.TryPop(out var one))
            {
                if (reached.Add(one))
                {
                    Array.ForEach(Rooms[one], next.Push);
                }
            }

            return reached;
        }
    }

    [Theory]
    [InlineData("using BatchRunner.Scheduling;", "Jobs/A.cs:1: Jobs may not use Scheduling")]
    [InlineData("using static BatchRunner.Results.ResultsTable;", "Jobs/A.cs:1: Jobs may not use Results")]
    [InlineData("using Plan = BatchRunner.Planning.Plan;", "Jobs/A.cs:1: Jobs may not use Planning")]
    [InlineData("class A { Planning.Plan? plan; }", "Jobs/A.cs:1: Jobs may not use Planning")]
    [InlineData("class A { object o = global::BatchRunner.Downloads.X.Y; }", "Jobs/A.cs:1: Jobs may not use Downloads")]
    [InlineData("\n\nclass A { void M() => BatchRunner.Manifests.Manifest.F(); }", "Jobs/A.cs:3: Jobs may not use Manifests")]
    public void A_broken_arrow_is_told(string source, string told) =>
        Assert.Equal([told], Broken("Jobs", "Jobs/A.cs", source));

    [Theory]
    [InlineData("using BatchRunner.Runway;")]
    [InlineData("// Planning.Plan is what comes of it")]
    [InlineData("/// <summary>See Planning.Plan.</summary>")]
    [InlineData("class A { string s = \"Planning.Plan\"; }")]
    [InlineData("class A { int Results; }")]
    [InlineData("class A { int x = this.Planning.Count; }")]
    public void What_is_allowed_or_only_said_is_no_broken_arrow(string source) =>
        Assert.Empty(Broken("Jobs", "Jobs/A.cs", source));

    [Fact]
    public void Projects_keep_to_their_arrows()
    {
        var broken =
            from project in Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            let name = Path.GetFileNameWithoutExtension(project)
            from reference in ProjectReference().Matches(File.ReadAllText(project)).Select(match => match.Groups[1].Value)
            where !Projects.TryGetValue(name, out var allowed) || !allowed.Contains(reference)
            select $"{name} may not use {reference}";

        Repository.AssertNone(broken);
    }

    static IEnumerable<string> Broken(string room, string file, string source)
    {
        var allowed = Rooms.GetValueOrDefault(room) ?? [];
        var lines = source.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var code = Strings().Replace(lines[i], "\"\"").Split("//")[0];
            var used = FullNames().Matches(code).Select(match => match.Groups[1].Value)
                .Concat(ShortNames().Matches(code)
                    .Where(match => Types.Value.TryGetValue(match.Groups[1].Value, out var types) && types.Contains(match.Groups[2].Value))
                    .Select(match => match.Groups[1].Value));
            foreach (var other in used.Distinct())
            {
                if (other != room && Rooms.ContainsKey(other) && !allowed.Contains(other))
                {
                    yield return $"{file}:{i + 1}: {room} may not use {other}";
                }
            }
        }
    }

    [GeneratedRegex(@"\bBatchRunner\.(\w+)")]
    private static partial Regex FullNames();

    // `Planning.Plan`, which C# resolves from a sibling namespace without a using. `Jobs.Add` is somebody's list.
    [GeneratedRegex(@"(?<![\w.])(\w+)\.(\w+)")]
    private static partial Regex ShortNames();

    [GeneratedRegex(@"\b(?:class|record|struct|enum|interface)\s+(?:struct\s+|class\s+)?(\w+)")]
    private static partial Regex Declarations();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Strings();

    [GeneratedRegex("""<ProjectReference Include="[^"]*/([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
