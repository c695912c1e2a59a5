using System.Collections;

namespace BatchRunner.Expansion.Shelving;

/// <summary>
/// A long list of which only some pages are in memory: each is made again when it is looked at and was let go. A short list is
/// made once. For one thread.
/// </summary>
/// <param name="count">How many there are.</param>
/// <param name="load">Makes some of them: the first's number, from 0, and how many.</param>
sealed class PagedList<T>(int count, Func<int, int, IReadOnlyList<T>> load) : IReadOnlyList<T>
{
    const int PageSize = 64;
    const int PagesKept = 64;

    readonly (int Page, IReadOnlyList<T>? Items)[] pages = new (int, IReadOnlyList<T>?)[Math.Min(PagesKept, (count + PageSize - 1) / PageSize)];

    public int Count { get; } = count;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var page = index / PageSize;
            ref var kept = ref pages[page % pages.Length];
            if (kept.Items is not { } items || kept.Page != page)
            {
                items = load(page * PageSize, Math.Min(PageSize, Count - (page * PageSize)));
                kept = (page, items);
            }

            return items[index % PageSize];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
