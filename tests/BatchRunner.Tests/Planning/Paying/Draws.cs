using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>
/// Decisions of a property test, as numbers. Whoever builds something from them asks one after the other; where there are no
/// more, the answer is 0, the simplest. So any shorter or smaller list is a valid and simpler case, and a failure shrinks by
/// itself.
/// </summary>
sealed class Draws(int[] numbers)
{
    const int Most = 100_000;
    const int Threads = 4;

    int next;

    /// <summary>A number from 0 and below <paramref name="count"/>.</summary>
    public int Below(int count) => next < numbers.Length ? numbers[next++] % count : 0;

    public int From(int least, int most) => least + Below(most - least + 1);

    public T One<T>(params ReadOnlySpan<T> of) => of[Below(of.Length)];

    /// <summary>True once in so many times.</summary>
    public bool Once(int inSoMany) => Below(inSoMany) == inSoMany - 1;

    /// <summary>Asks a property of many lists of decisions, the same ones each time, in a few threads: it mostly waits.</summary>
    /// <param name="count">How many lists.</param>
    /// <param name="length">Decisions in each.</param>
    /// <param name="open">Makes what a thread asks with: the property, which throws where it does not hold.</param>
    public static Task Check(int count, int length, Func<Func<Draws, Task>> open) => Task.WhenAll(
        Enumerable.Range(0, Threads).Select(thread => Task.Factory.StartNew(
            () => Check((count + thread) / Threads, length, (ulong)thread, open()),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

    static void Check(int count, int length, ulong seed, Func<Draws, Task> property)
    {
        var lists = Arb.From(Gen.Choose(0, Most).ArrayOf(length), Simpler);
        var seeded = Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(2026 + seed, 1121), FSharpOption<int>.None)));
        FsCheck.Check.One(seeded, Prop.ForAll(lists, (int[] list) => property(new Draws(list))));
    }

    static IEnumerable<int[]> Simpler(int[] list)
    {
        for (var cut = list.Length / 2; cut > 0; cut /= 2)
        {
            yield return list[..^cut];
        }

        for (var i = 0; i < list.Length; i++)
        {
            if (list[i] != 0)
            {
                yield return [.. list[..i], 0, .. list[(i + 1)..]];
            }
        }
    }
}
