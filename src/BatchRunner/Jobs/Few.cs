using System.Collections;
using System.Runtime.CompilerServices;

namespace BatchRunner.Jobs;

/// <summary>
/// A list that never changes and seldom has more than one element, which then needs no list: nearly every job has one
/// attempt and one file.
/// </summary>
[CollectionBuilder(typeof(Few), nameof(Few.Of))]
readonly struct Few<T> : IReadOnlyList<T>, IEquatable<Few<T>>
    where T : class
{
    // Nothing, the only element, or an array of two or more.
    readonly object? held;

    internal Few(ReadOnlySpan<T> items) => held = items.Length switch { 0 => null, 1 => items[0], _ => items.ToArray() };

    public int Length => held switch { null => 0, T[] several => several.Length, _ => 1 };

    /// <summary>The last one, or null.</summary>
    public T? Last => held is T[] several ? several[^1] : (T?)held;

    int IReadOnlyCollection<T>.Count => Length;

    public T this[int index] => held switch
    {
        T[] several => several[index],
        T only when index == 0 => only,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    /// <summary>With one more at the end.</summary>
    public Few<T> With(T item) => [.. this, item];

    /// <summary>With another one in the place of the last.</summary>
    public Few<T> WithLast(T item) => Length == 1 ? [item] : [.. WithoutLast(), item];

    /// <summary>Without the last.</summary>
    public Few<T> WithoutLast() => [.. this.Take(Length - 1)];

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Length; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Few<T> other) => Length == other.Length && this.SequenceEqual(other);

    public override bool Equals(object? obj) => obj is Few<T> other && Equals(other);

    public override int GetHashCode() => Length == 0 ? 0 : HashCode.Combine(Length, this[0]);
}

/// <summary>Makes a <see cref="Few{T}"/> of what stands between brackets.</summary>
static class Few
{
    public static Few<T> Of<T>(ReadOnlySpan<T> items)
        where T : class => new(items);
}
