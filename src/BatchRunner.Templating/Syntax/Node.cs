using BatchRunner.Templating.Rendering;
using BatchRunner.Templating.Values;

namespace BatchRunner.Templating.Syntax;

/// <summary>A piece of a template with its place.</summary>
abstract class Node
{
    public int Start { get; set; }

    public int End { get; set; }

    /// <summary>How deep the tree below this node is: what evaluating it needs of the stack.</summary>
    public int Height { get; set; } = 1;
}

/// <summary>A piece that has a value.</summary>
abstract class Expression : Node
{
    /// <summary>What it reads of the model, if it is a plain path such as <c>message.scene</c>.</summary>
    public TemplateRead? Read { get; set; }

    /// <summary>Every member of what it reads is known without running.</summary>
    public bool IsStaticRead { get; set; }

    /// <summary>It stood in parentheses.</summary>
    public bool IsGrouped { get; set; }

    /// <summary>The value; a function without arguments is called.</summary>
    public abstract Value Evaluate(Run run);

    /// <summary>The value; a function stays a function.</summary>
    public virtual Value Peek(Run run) => Evaluate(run);

    /// <summary>The value as the left side of <c>??</c>: a key that a computed index does not find is null.</summary>
    public virtual Value EvaluateGuarded(Run run) => Evaluate(run);
}

/// <summary>A piece that does something.</summary>
abstract class Statement : Node
{
    public abstract Flow Execute(Run run);
}

/// <summary>Where execution goes after a statement.</summary>
enum Flow : byte
{
    Next,
    Break,
    Continue,
    Return,
}

/// <summary>Statements one after the other.</summary>
sealed class Block(Statement[] statements) : Node
{
    public Statement[] Statements => statements;

    public Flow Execute(Run run)
    {
        foreach (var statement in statements)
        {
            var flow = statement.Execute(run);
            if (flow != Flow.Next)
            {
                return flow;
            }
        }

        return Flow.Next;
    }
}
