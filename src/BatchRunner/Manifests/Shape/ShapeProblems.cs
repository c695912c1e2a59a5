using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Shape;

/// <summary>Takes what is wrong with a manifest's shape, and knows whether rows can be made of it all the same.</summary>
sealed class ShapeProblems(DiagnosticBag all)
{
    /// <summary>Something is missing that expansion needs: expanding would only repeat the mistake in other words.</summary>
    public bool AreBreaking { get; private set; }

    /// <summary>Where stages put what they find themselves.</summary>
    public DiagnosticBag All => all;

    public void Breaking(Diagnostic problem)
    {
        AreBreaking = true;
        all.Add(problem);
    }

    /// <summary>A mistake that may be breaking.</summary>
    public void Add(Diagnostic problem, bool isBreaking)
    {
        AreBreaking |= isBreaking;
        all.Add(problem);
    }

    /// <summary>A mistake that expansion doesn't see, such as a limit.</summary>
    public void Add(Diagnostic problem) => all.Add(problem);

    /// <summary>Runs a step that adds to <see cref="All"/> itself; anything it adds is breaking.</summary>
    public T Watch<T>(Func<DiagnosticBag, T> step)
    {
        DiagnosticBag found = [];
        var result = step(found);
        all.AddRange(found);
        AreBreaking |= found.HasErrors;
        return result;
    }
}
