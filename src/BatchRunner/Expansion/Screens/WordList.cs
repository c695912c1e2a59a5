using System.Globalization;
using BatchRunner.Expansion.Naming;

namespace BatchRunner.Expansion.Screens;

/// <summary>
/// Finds any of many words in a text, each as a whole word, whatever its case, its Unicode form and the blanks within it.
/// What it takes grows with the text, hardly with the words.
/// </summary>
sealed class WordList
{
    readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup;
    readonly SortedSet<int> lengths = [];

    public WordList() => lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Adds a word under a number; of two that are the same the first counts.</summary>
    public void Add(string word, int number)
    {
        var folded = Folded(word);
        if (folded.Length > 0 && numbers.TryAdd(folded, number))
        {
            lengths.Add(folded.Length);
        }
    }

    /// <summary>The lowest number of a word that the text holds, or null.</summary>
    public int? First(string text)
    {
        if (numbers.Count == 0)
        {
            return null;
        }

        var folded = Folded(text).AsSpan();
        int? first = null;
        for (var start = 0; start < folded.Length; start++)
        {
            if (start > 0 && IsWord(folded[start - 1]))
            {
                continue;
            }

            foreach (var length in lengths)
            {
                var end = start + length;
                if (end > folded.Length)
                {
                    break;
                }

                if ((end == folded.Length || !IsWord(folded[end])) && lookup.TryGetValue(folded[start..end], out var number)
                    && (first is null || number < first))
                {
                    first = number;
                }
            }
        }

        return first;
    }

    static string Folded(string text) =>
        string.Join(' ', Slug.Folded(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    // Marks belong to the letter before them.
    static bool IsWord(char c) => char.GetUnicodeCategory(c) is var category
        && (char.IsLetter(c) || char.IsNumber(c)
            || category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
