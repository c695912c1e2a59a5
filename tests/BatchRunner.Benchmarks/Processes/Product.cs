namespace BatchRunner.Benchmarks.Processes;

/// <summary>The program that is measured: one that was published, or the one built beside this.</summary>
sealed class Product(string? path)
{
    /// <summary>What starts it.</summary>
    public IReadOnlyList<string> Words { get; } = path is null ? ["dotnet", Path.Combine(AppContext.BaseDirectory, "BatchRunner.Cli.dll")]
        : path.EndsWith(".dll", StringComparison.Ordinal) ? ["dotnet", Path.GetFullPath(path)]
        : [Path.GetFullPath(path)];

    /// <summary>Which one it is, for the heading.</summary>
    public string Name => path is null ? "the development build (give a published one with --product PATH)" : path;

    /// <summary>Runs a command in a folder; throws if it ends badly, for then its time means nothing.</summary>
    public async Task<Child> Run(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var child = await Child.Run([.. Words, .. arguments], folder, variables);
        return child.ExitCode == 0
            ? child
            : throw new InvalidOperationException($"`{string.Join(' ', arguments)}` ended with {child.ExitCode}: {child.Said}");
    }
}
