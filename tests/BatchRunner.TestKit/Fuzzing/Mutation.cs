using System.Text;

namespace BatchRunner.TestKit.Fuzzing;

/// <summary>Spoils bytes: flips, cuts, copies, swaps lines, and puts in what a grammar stumbles over. The same seed does the same.</summary>
sealed class Mutation(Random random, IReadOnlyList<string> seeds, IReadOnlyList<string> pieces)
{
    const int MaxBytes = 100_000;

    public byte[] Next()
    {
        var bytes = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Count)]);
        for (var rounds = 1 + random.Next(random.Next(2) == 0 ? 2 : 8); rounds > 0; rounds--)
        {
            bytes = Once(bytes);
        }

        return bytes.Length > MaxBytes ? bytes[..MaxBytes] : bytes;
    }

    byte[] Once(byte[] bytes)
    {
        var at = random.Next(bytes.Length + 1);
        var end = Math.Min(bytes.Length, at + random.Next(1, 24));
        switch (random.Next(11))
        {
            case 0 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1 when bytes.Length > 0:
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 2:
                return [.. bytes[..at], .. bytes[end..]];
            case 3:
                return [.. bytes[..end], .. bytes[at..end], .. bytes[end..]];
            case 4:
                return bytes[..at];
            case 5:
                var other = Encoding.UTF8.GetBytes(seeds[random.Next(seeds.Count)]);
                var from = random.Next(other.Length);
                return [.. bytes[..at], .. other[from..Math.Min(
                    other.Length, from + random.Next(1, 200))], .. bytes[at..]];
            case 6:
                return Lines(bytes);
            case 7:
                var piece = Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Count)]);
                var times = random.Next(6) == 0 ? random.Next(1, 3_000) : 1;
                return [.. bytes[..at], .. Enumerable.Repeat(piece, times).SelectMany(one => one), .. bytes[at..]];
            default:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Count)]), .. bytes[at..]];
        }
    }

    // Lines swapped, said twice, or indented otherwise.
    byte[] Lines(byte[] bytes)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        var (a, b) = (random.Next(lines.Length), random.Next(lines.Length));
        (lines[a], lines[b]) = random.Next(4) switch
        {
            0 => (lines[b], lines[a]),
            1 => (lines[b], lines[b]),
            2 => (new string(' ', random.Next(9)) + lines[a].TrimStart(), lines[b]),
            _ => (lines[a] + lines[b], ""),
        };
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    }
}
