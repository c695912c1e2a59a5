using System.Numerics;

namespace BatchRunner.Expansion.Shelving;

/// <summary>
/// Finds the number under which something was added by what it is called, without holding the names: it keeps a hash of the
/// name, and asks whether two of one hash are the same. Not safe for two threads.
/// </summary>
/// <param name="capacity">How many there will be, about.</param>
sealed class HashIndex(int capacity = 0)
{
    /// <summary>What is not there has no number.</summary>
    public const int None = -1;

    // Kept plus one: 0 is a free place. Whoever finds its place taken stands in the next free one.
    (int Hash, int Number)[] places = new (int, int)[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, capacity + (capacity / 3)))];
    int count;

    /// <summary>Adds a number from 0, whatever is there under the same hash.</summary>
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

        Put((hash, number + 1));
    }

    /// <summary>Adds a number, unless one that is the same is there.</summary>
    /// <param name="hash">Of what it is called.</param>
    /// <param name="number">From 0.</param>
    /// <param name="isSame">Whether the one with a number, which has the same hash, is called the same.</param>
    /// <param name="first">The one that was there, or the number itself.</param>
    public bool TryAdd(int hash, int number, Func<int, bool> isSame, out int first)
    {
        first = Find(hash, isSame);
        if (first != None)
        {
            return false;
        }

        Add(hash, number);
        first = number;
        return true;
    }

    /// <summary>The first number added under that hash which is meant, or <see cref="None"/>.</summary>
    public int Find(int hash, Func<int, bool> isMeant)
    {
        for (var at = First(hash); places[at].Number != 0; at = (at + 1) & (places.Length - 1))
        {
            if (places[at].Hash == hash && isMeant(places[at].Number - 1))
            {
                return places[at].Number - 1;
            }
        }

        return None;
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
