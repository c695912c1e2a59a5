using System.CommandLine;
using System.Diagnostics;
using System.Text.RegularExpressions;
using BatchRunner.Cli.CommandLines;
using BatchRunner.Cli.Completion;
using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.TestKit;

namespace BatchRunner.Cli.Tests.Completion;

public sealed class CompletionSpecs : IDisposable
{
    readonly TempFolder folder = new();
    readonly Interrupts interrupts = new();
    readonly RootCommand root;
    readonly CommandTree tree;

    public CompletionSpecs()
    {
        root = CommandLine.Build(new Manner(), new Surroundings
        {
            Output = TextWriter.Null, Error = TextWriter.Null, Variable = _ => null, Time = new ManualClock(), Interrupts = interrupts,
        });
        tree = CommandTree.Of(root);
        folder.Write("spring.yaml", "");
        folder.Write("out/spring/results.csv", "");
    }

    /// <summary>A command line up to the cursor, and what must be offered there; nothing: no word, or only files.</summary>
    public static TheoryData<string, string[]> Offers => new()
    {
        { "batchrunner pl", ["plan"] },
        { "batchrunner plan --mark", ["--markdown"] },
        { "batchrunner plan spring.yaml --det", ["--detailed-exitcode"] },
        { "batchrunner plan --js", ["--json"] },
        { "batchrunner plan spr", ["spring.yaml"] },
        { "batchrunner status --only fai", ["failed"] },
        { "batchrunner run --only done,fai", ["done,failed"] },
        { "batchrunner models gen4_tu", ["gen4_turbo"] },
        { "batchrunner completion po", ["powershell"] },
        { "batchrunner init mark", ["marketing"] },
        { "batchrunner review --by gen4", [] },
        { "batchrunner run --time-scale ", [] },
    };

    public void Dispose()
    {
        folder.Dispose();
        interrupts.Dispose();
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task In_bash(string line, string[] offered)
    {
        var words = line.Split(' ').Select(word => $"'{word}'").ToList();
        var said = await Shell(
            "bash",
            BashScript.Of(tree),
            $"COMP_WORDS=({string.Join(' ', words)}); COMP_CWORD={words.Count - 1}; _batchrunner 2>/dev/null; printf '%s\\n' \"${{COMPREPLY[@]}}\"");

        Assert.Equal(offered, said);
    }

    [Theory]
    [MemberData(nameof(Offers))]
    public async Task In_fish(string line, string[] offered)
    {
        var said = await Shell("fish", FishScript.Of(tree), $"complete -C '{line}' | string replace -r '\\t.*' ''");

        Assert.Equal(offered, said);
    }

    // What zsh offers is what `_arguments` is handed; whether that is well formed only zsh can tell.
    [Fact]
    public async Task In_zsh()
    {
        var said = await Shell(
            "zsh",
            ZshScript.Of(tree),
            "_arguments() { print -rl -- \"$@\"; state=rest; return 1; }; words=(plan); print -r -- $_comps[batchrunner]; _batchrunner",
            "autoload -U compinit; compinit -u -D");

        Assert.Equal("_batchrunner", said[0]);
        Assert.Contains("--markdown[as Markdown, for a pull request]", said);
        Assert.Contains("(-o --output)--output[the run's folder (out/<name>/ beside the manifest)]:DIR:_directories", said);
        Assert.Contains(said, spec => spec.StartsWith("--where[jobs of which it is true, such as \"message.lang == 'de' && take == 1\"", StringComparison.Ordinal));
        Assert.Contains("1:BATCH:_files", said);
    }

    [Fact]
    public async Task In_PowerShell()
    {
        var shell = Tools.PowerShell();
        Assert.SkipWhen(shell is null, "PowerShell is not installed");
        folder.Write("script.ps1", PowerShellScript.Of(tree));

        // Files are what it offers by itself where nothing else is.
        var lines = Offers.Select(offer => offer.Data.Item1).ToList();
        var asked = lines.Select(line => $$"""
            $offered = [System.Management.Automation.CommandCompletion]::CompleteInput('{{line}}', {{line.Length}}, $null)
            $before = ('{{line}}'.Substring(0, $offered.ReplacementIndex) -split ' ')[-1]
            '{{line}}: ' + (($offered.CompletionMatches | Where-Object { '{{line}}' -notlike '* ' -or "$($_.ResultType)" -notlike 'Provider*' } | ForEach-Object { $before + ($_.CompletionText -replace '^\./', '') }) -join ' ')
            """);
        folder.Write("ask.ps1", $"Set-Location '{folder.FullPath}'\n. ./script.ps1\n{string.Join('\n', asked)}\n");
        var said = (await Run(shell, "-NoProfile", "-NonInteractive", "-File", folder["ask.ps1"])).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

        Assert.Equal(Offers.Select(offer => $"{offer.Data.Item1}: {string.Join(' ', offer.Data.Item2)}"), said);
    }

    [Fact]
    public void In_PowerShell_everything_stands_in_the_script_and_every_quote_ends()
    {
        var script = PowerShellScript.Of(tree);

        foreach (var command in tree.Commands)
        {
            Assert.Contains($"'{command.Name}' = ", script, StringComparison.Ordinal);
            Assert.All(command.Options.SelectMany(option => option.Names), name => Assert.Contains($"'{name}' = '", script, StringComparison.Ordinal));
        }

        // A quote within a quoted text is written twice, so their number on a line is even.
        Assert.All(script.Split('\n').Where(line => line.StartsWith("        '", StringComparison.Ordinal)), line => Assert.Equal(0, line.Count(c => c == '\'') % 2));
        Assert.Equal(script.Count(c => c == '{'), script.Count(c => c == '}'));
    }

    [Fact]
    public async Task The_manual_has_every_command_and_option_and_groff_complains_of_nothing()
    {
        var page = ManPage.Of(tree);

        foreach (var command in tree.Commands)
        {
            Assert.Contains($".SS batchrunner {command.Name.Replace("-", "\\-", StringComparison.Ordinal)}", page, StringComparison.Ordinal);
            Assert.All(
                command.Options.SelectMany(option => option.Names),
                name => Assert.Contains($"\\fB{name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR", page, StringComparison.Ordinal));
        }

        Assert.All(
            page.Split('\n').Where(line => line.StartsWith('.') || line.StartsWith('\'')),
            line => Assert.Matches(@"^\.(TH|SH|SS|TP|PP|B|I|RI)( |$)", line));
        var groff = Tools.Find("groff");
        Assert.SkipWhen(groff is null, "`groff` is not installed");
        folder.Write("batchrunner.1", page);
        Assert.Empty(await Run(groff, "-man", "-Tascii", "-ww", "-z", folder["batchrunner.1"]));
    }

    [Fact]
    public void Every_command_has_examples_and_they_are_command_lines()
    {
        foreach (var command in root.Subcommands)
        {
            var examples = Assert.IsType<Verb>(command).Examples;
            Assert.NotEmpty(examples);
            foreach (var (line, _) in examples)
            {
                var words = Regex.Matches(Regex.Replace(line, " (>>?|\\|) .*", ""), "\"([^\"]*)\"|'([^']*)'|(\\S+)")
                    .Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);
                Assert.Empty(root.Parse([.. words], new ParserConfiguration { ResponseFileTokenReplacer = null }).Errors);
            }
        }
    }

    async Task<string[]> Shell(string name, string script, string then, string first = ":")
    {
        var shell = Tools.Find(name);
        Assert.SkipWhen(shell is null, $"`{name}` is not installed");
        folder.Write("script", script);
        string[] arguments = name switch { "zsh" => ["-f"], "bash" => ["--norc", "--noprofile"], _ => ["--no-config"] };
        var lines = $"{first}\nsource {folder["script"]}\n{then}";
        return [.. (await Run(shell, [.. arguments, "-c", lines])).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder.FullPath,
        };
        start.Environment["HOME"] = folder.FullPath;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        try
        {
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return output + await errors;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
