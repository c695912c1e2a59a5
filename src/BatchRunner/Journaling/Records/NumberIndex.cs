namespace BatchRunner.Journaling.Records;

/// <summary>
/// Finds jobs by what they hold: it keeps a hash of that and the job's number, and looks at the job for the rest. Numbers
/// start at 1. Not safe for two threads.
/// </summary>
sealed class NumberIndex
{
    // A number of 0 is a free place. Whoever finds its place taken stands in the next free one.
    (int Hash, int Number)[] places = new (int, int)[16];
    int count;

    public void Add(int hash, int number)
    {
        if (++count > places.Length / 4 * 3)
        {
            var old = places;
            places = new (int, int)[old.Length * 2];
            foreach (var place in old.Where(place => place.Number != 0))
            {
                Put(place);
            }
        }

        Put((hash, number));
    }

    /// <summary>The first number added under that hash for which <paramref name="isMeant"/> holds, or 0.</summary>
    public int Find(int hash, Func<int, bool> isMeant)
    {
        for (var at = First(hash); places[at].Number != 0; at = (at + 1) & (places.Length - 1))
        {
            if (places[at].Hash == hash && isMeant(places[at].Number))
            {
                return places[at].Number;
            }
        }

        return 0;
    }

    void Put((int Hash, int Number) place)
    {
        var at = First(place.Hash);
        while (places[at].Number != 0)
        {
            at = (at + 1) & (places.Length - 1);
        }

        places[at] = place;
    }

    // A hash may differ in its high bits only: all of them are stirred into the low ones.
    int First(int hash) => (int)((uint)hash * 2_654_435_769u >> 7) & (places.Length - 1);
}
