using BatchRunner.Expansion.Sources;
using BatchRunner.Expansion.Templates;
using BatchRunner.Manifests;

namespace BatchRunner.Expansion.Matrices;

/// <summary>An axis of the matrix: the arms under `template`, or the rows of a variable.</summary>
abstract class MatrixAxis(string name, IReadOnlyList<string> labels)
{
    public string Name { get; } = name;

    public IReadOnlyList<string> Labels { get; } = labels;

    /// <summary>Makes one of its values the one templates read.</summary>
    public abstract void Bind(Renderer renderer, int index);
}

/// <summary>The arms.</summary>
sealed class ArmAxis(IReadOnlyList<Arm> arms) : MatrixAxis(Key, [.. arms.Select(arm => arm.Name)])
{
    public const string Key = "template";

    public override void Bind(Renderer renderer, int index) => renderer.Set(Name, Labels[index]);
}

/// <summary>The labels of rows, without a list of their own.</summary>
sealed class LabelList(IReadOnlyList<SourceRow> rows) : IReadOnlyList<string>
{
    public int Count => rows.Count;

    public string this[int index] => rows[index].Label;

    public IEnumerator<string> GetEnumerator() => rows.Select(row => row.Label).GetEnumerator();

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The rows of a variable.</summary>
sealed class RowAxis(RowSet rows) : MatrixAxis(rows.Name, new LabelList(rows.Rows))
{
    public RowSet Rows { get; } = rows;

    public override void Bind(Renderer renderer, int index) => renderer.Bind(Name, Rows.Rows[index]);
}
