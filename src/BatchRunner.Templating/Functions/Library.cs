using System.Collections.Frozen;
using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Functions;

/// <summary>A set of built-in functions under one name, such as <c>string</c>.</summary>
sealed class Library
{
    static readonly Library[] all =
    [
        new("array", ArrayFunctions.All), new("date", DateFunctions.All), new("html", HtmlFunctions.All),
        new("math", MathFunctions.All), new("object", ObjectFunctions.All), new("regex", RegexFunctions.All),
        new("string", [.. StringFunctions.All, .. StringTests.All, .. HashFunctions.All]),
        new("timespan", TimeSpanFunctions.All),
    ];

    static readonly FrozenDictionary<string, Value> globals = all
        .Select(l => KeyValuePair.Create(l.Name, Value.Of(l)))
        .Append(KeyValuePair.Create("empty", Value.Of(EmptyObject)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    readonly FrozenDictionary<string, Value> functions;

    Library(string name, IReadOnlyList<Builtin> builtins)
    {
        Name = name;
        foreach (var builtin in builtins)
        {
            builtin.JoinLibrary(name);
        }

        functions = builtins.ToFrozenDictionary(b => b.Name, b => Value.Of(new Function(b)), StringComparer.Ordinal);
        FunctionNames = [.. builtins.Select(b => b.Name)];
    }

    /// <summary>What <c>empty</c> is: equal to everything that holds nothing.</summary>
    public static MapValue EmptyObject => Empty.Object;

    /// <summary>The global names of the language itself.</summary>
    public static IReadOnlyList<string> Names => [.. globals.Keys];

    public string Name { get; }

    public IReadOnlyList<string> FunctionNames { get; }

    public static bool TryGet(string name, out Value value) => globals.TryGetValue(name, out value);

    public Builtin? Find(string name) => functions.TryGetValue(name, out var value) ? (value.Reference as Function)?.Builtin : null;

    /// <summary>A function, or one of the two texts of <c>date</c>.</summary>
    public bool TryGetFunction(Run run, string name, out Value value)
    {
        if (functions.TryGetValue(name, out value))
        {
            return true;
        }

        if (Name == "date" && name is "format" or "default_format")
        {
            value = Value.Of((name == "format" ? run.DateFormat : null) ?? DateFunctions.DefaultFormat);
            return true;
        }

        return false;
    }

    /// <summary>Made before the globals that hold it.</summary>
    static class Empty
    {
        public static MapValue Object { get; } = new();
    }
}
