using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests;

/// <summary>Knows where each character of a scalar's value stands in its file.</summary>
abstract class ScalarMap
{
    /// <summary>The place of <paramref name="length"/> characters from <paramref name="offset"/> of the value.</summary>
    public abstract SourcePlace Place(ScalarNode scalar, int offset, int length);
}
