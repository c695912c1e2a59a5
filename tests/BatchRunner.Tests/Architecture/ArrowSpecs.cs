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
        ["Jobs"] = ["Runway"],
        ["Journaling"] = ["Jobs", "Expansion", "Runway", "Diagnostics"],
        ["Downloads"] = ["Journaling"],
        ["Planning"] = ["Expansion", "Catalogue", "Jobs", "Journaling", "Diagnostics"],
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

    [Fact]
    public void The_rooms_of_the_engine_keep_to_their_arrows()
    {
        var engine = Path.Combine(Repository.Root, "src", "BatchRunner");
        var broken =
            from room in Directory.GetDirectories(engine).Select(folder => Path.GetFileName(folder))
            from file in Directory.GetFiles(Path.Combine(engine, room), "*.cs", SearchOption.AllDirectories)
            from arrow in Broken(room, Path.GetRelativePath(engine, file), File.ReadAllText(file))
            select arrow;

        Assert.Equal("", string.Join('\n', broken));
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

        Assert.Equal("", string.Join('\n', broken));
    }

    static IEnumerable<string> Broken(string room, string file, string source)
    {
        var allowed = Rooms.GetValueOrDefault(room) ?? [];
        var lines = source.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var code = Strings().Replace(lines[i], "\"\"");
            code = code.Split("//")[0];
            foreach (var used in Names().Matches(code).Select(match => match.Groups[1].Value).Distinct())
            {
                if (used != room && Rooms.ContainsKey(used) && !allowed.Contains(used))
                {
                    yield return $"{file}:{i + 1}: {room} may not use {used}";
                }
            }
        }
    }

    // `BatchRunner.Planning`, or `Planning.Plan`, which C# resolves from a sibling namespace without a using.
    [GeneratedRegex(@"(?:\bBatchRunner\.|(?<![\w.]))(Diagnostics|Manifests|Catalogue|Expansion|Runway|Jobs|Journaling|Downloads|Planning|Scheduling|Results)(?:\.\p{Lu}|(?<=BatchRunner\.\w+)[;.\s])")]
    private static partial Regex Names();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Strings();

    [GeneratedRegex("""<ProjectReference Include="[^"]*/([\w.]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
