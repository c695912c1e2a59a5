using System.Runtime.CompilerServices;
using BatchRunner.Templating.Functions;

namespace BatchRunner.Templating.Tests;

/// <summary>
/// The language as tables: a template, an arrow, what it gives. <c>⏎ ⇥ ␍ ␠</c> stand for characters one can't see,
/// <c>✗</c> for a problem: line, column, length, message, and the hint behind <c>∣</c>.
/// With BATCHRUNNER_ACCEPT=1 the tables are written anew; review is the diff.
/// </summary>
public sealed class CaseSpecs
{
    const string Arrow = " ⟶ ";
    const int GoldenCount = 224;

    public static TheoryData<string> Files =>
        ["batch", "blocks", "functions", "literals", "mistakes", "operators", "reads", "statements", "strings", "values"];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_case_gives_what_the_table_says(string file)
    {
        var lines = File.ReadAllLines(CaseFiles.Path(file + ".txt"));
        var answers = lines.Select(l => IsCase(l) ? TemplateOf(l) + Arrow + Answer(file, Decode(TemplateOf(l))) : l).ToList();
        if (Environment.GetEnvironmentVariable("BATCHRUNNER_ACCEPT") == "1")
        {
            File.WriteAllLines(Source(file), answers);
        }

        Assert.Equal(lines, answers);
    }

    [Fact]
    public void The_language_is_held_by_more_than_six_hundred_cases()
    {
        var own = Files.Sum(f => File.ReadLines(CaseFiles.Path(f.Data + ".txt")).Count(IsCase));

        Console.WriteLine($"{own} own cases and {GoldenCount} golden cases");
        Assert.True(own + GoldenCount > 600);
    }

    [Fact]
    public void Every_built_in_function_is_in_a_case()
    {
        var all = string.Concat(Files.Select(f => File.ReadAllText(CaseFiles.Path(f.Data + ".txt"))));
        var missing = from name in Library.Names
                      where Library.TryGet(name, out var value) && value.Reference is Library
                      let library = (Library)Find(name).Reference!
                      from function in library.FunctionNames
                      where !all.Contains($"{name}.{function}", StringComparison.Ordinal)
                      select $"{name}.{function}";

        Assert.Empty(missing);
    }

    static Values.Value Find(string name) => Library.TryGet(name, out var value) ? value : default;

    static bool IsCase(string line) => !line.StartsWith("# ", StringComparison.Ordinal);

    static string TemplateOf(string line) => line[..line.LastIndexOf(Arrow, StringComparison.Ordinal)];

    static string Source(string file, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here) ?? "", "Cases", file + ".txt");

    static string Answer(string file, string text)
    {
        var template = Template.Parse(text, file == "batch" ? TemplateOptions.Batch : TemplateOptions.Scriban);
        if (template.Problems.Count > 0)
        {
            return "✗ " + string.Join(" ✗ ", template.Problems.Select(Write));
        }

        if (file == "reads")
        {
            return string.Join(", ", template.Reads.Select(Write));
        }

        var result = template.Render(Models.Case(), CancellationToken.None);
        return result.Problem is { } problem ? "✗ " + Write(problem) : Encode(result.Text);
    }

    static string Write(TemplateProblem problem) =>
        $"{problem.Line}:{problem.Column}+{problem.Length} {problem.Message}" + (problem.Hint is null ? "" : $" ∣ {problem.Hint}");

    static string Write(TemplateRead read) =>
        $"{string.Join('.', read.Members.Prepend(read.Name))}{(read.IsGuarded ? "?" : "")}"
        + $"@{string.Join('/', read.MemberOffsets.Prepend(read.Offset))}+{read.Length}";

    static string Decode(string text) => text.Replace('⏎', '\n').Replace('⇥', '\t').Replace('␍', '\r').Replace('␠', ' ');

    static string Encode(string text)
    {
        var visible = text.Replace('\n', '⏎').Replace('\t', '⇥').Replace('\r', '␍');
        var inner = visible.Trim(' ');
        var start = inner.Length == 0 ? visible.Length : visible.IndexOf(inner, StringComparison.Ordinal);
        return new string('␠', start) + inner + new string('␠', visible.Length - start - inner.Length);
    }
}
