namespace BatchRunner.Expansion.Shelving;

/// <summary>
/// Finds the number under which something was added by what it is called, without holding the names: 12 bytes for each. Whether
/// two of one hash are the same is asked.
/// </summary>
/// <param name="capacity">How many there will be, about.</param>
sealed class HashIndex(int capacity)
{
    // Half full at the most; a number is kept plus one, so that 0 is an empty place.
    (int Hash, int Number)[] places = new (int, int)[Size(capacity)];
    int count;

    /// <summary>Adds a number under a hash, unless one that is the same is there.</summary>
    /// <param name="hash">Of what it is called.</param>
    /// <param name="number">From 0.</param>
    /// <param name="isSame">Whether the one with a number, which has the same hash, is called the same.</param>
    /// <param name="first">The one that was there, or the number itself.</param>
    public bool TryAdd(int hash, int number, Func<int, bool> isSame, out int first)
    {
        if (count * 4L >= places.Length * 3L)
        {
            Grow();
        }

        var at = hash & (places.Length - 1);
        for (; places[at].Number > 0; at = (at + 1) & (places.Length - 1))
        {
            if (places[at].Hash == hash && isSame(places[at].Number - 1))
            {
                first = places[at].Number - 1;
                return false;
            }
        }

        places[at] = (hash, number + 1);
        count++;
        first = number;
        return true;
    }

    static int Size(int capacity) =>
        (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 3)));

    void Grow()
    {
        var old = places;
        places = new (int, int)[old.Length * 2];
        foreach (var (hash, number) in old)
        {
            if (number > 0)
            {
                var at = hash & (places.Length - 1);
                while (places[at].Number > 0)
                {
                    at = (at + 1) & (places.Length - 1);
                }

                places[at] = (hash, number);
            }
        }
    }
}
