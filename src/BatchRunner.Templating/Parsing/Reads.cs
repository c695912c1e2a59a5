using BatchRunner.Templating.Functions;
using BatchRunner.Templating.Syntax;

namespace BatchRunner.Templating.Parsing;

/// <summary>Notes which names a template reads from the model: those that nothing in the text before has set.</summary>
sealed class Reads
{
    readonly HashSet<string> assigned = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> loopVariables = new(StringComparer.Ordinal);
    readonly List<Expression> readers = [];
    int opened;

    public IReadOnlyList<TemplateRead> All() => [.. readers.Select(r => r.Read).OfType<TemplateRead>()];

    public void Assign(string name) => assigned.Add(name);

    public void EnterLoop(string name) => loopVariables[name] = loopVariables.GetValueOrDefault(name) + 1;

    public void LeaveLoop(string name) => loopVariables[name]--;

    /// <summary>Within <c>with</c>, and after <c>import</c>, a name may be a member of that object.</summary>
    public void OpenObject() => opened++;

    public void CloseObject() => opened--;

    public bool IsFree(string name, Scope scope) =>
        opened == 0 && !assigned.Contains(name) && loopVariables.GetValueOrDefault(name) == 0 && !scope.IsParameter(name);

    /// <summary>Notes a whole path, such as <c>message.scene</c>.</summary>
    public void Add(Expression path, Scope scope)
    {
        var members = new List<string>();
        var offsets = new List<int>();
        var isStatic = true;
        var isGuarded = false;
        var node = path;
        while (true)
        {
            switch (node)
            {
                case Member member:
                    members.Add(member.Name);
                    offsets.Add(member.NameStart);
                    isGuarded |= member.IsOptional;
                    node = member.Target;
                    continue;
                case Indexer { Key: Literal { Value.IsText: true } key } index:
                    members.Add(key.Value.Text);
                    offsets.Add(key.Start + 1);
                    node = index.Target;
                    continue;
                case Indexer index:
                    members.Clear();
                    offsets.Clear();
                    isStatic = false;
                    node = index.Target;
                    continue;
            }

            break;
        }

        if (node is not Variable variable || !IsFree(variable.Name, scope) || Library.TryGet(variable.Name, out _))
        {
            return;
        }

        members.Reverse();
        offsets.Reverse();
        path.Read = new(variable.Name, members, isGuarded, variable.Start, path.End - variable.Start, offsets);
        path.IsStaticRead = isStatic;
        readers.Add(path);
    }

    /// <summary>A name turned out to be written, not read.</summary>
    public void Forget(Expression path)
    {
        readers.Remove(path);
        path.Read = null;
    }

    /// <summary>What stands left of <c>??</c> may be missing.</summary>
    public static void Guard(Expression expression)
    {
        switch (expression)
        {
            case Coalesce coalesce:
                Guard(coalesce.Left);
                Guard(coalesce.Right);
                break;
            case { Read: { } read }:
                expression.Read = read with { IsGuarded = true };
                break;
        }
    }
}
