using System.Text;

namespace BatchRunner.Cli.Runs.Gates;

/// <summary>
/// A command that came as one text, in words: apart by blanks, `'…'` and `"…"` hold blanks together. Nothing else means
/// anything: there is no shell.
/// </summary>
static class CommandWords
{
    /// <summary>The words, or none and what is wrong.</summary>
    public static string[] Split(string command, out string? problem)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var isWord = false;
        var quote = '\0';
        foreach (var c in command)
        {
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : Added(c);
            }
            else if (c is '\'' or '"')
            {
                (quote, isWord) = (c, true);
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                isWord = true;
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        problem = quote != '\0' ? $"a {quote} is not closed" : words.Count == 0 || words[0].Length == 0 ? "there is no command" : null;
        return problem is null ? [.. words] : [];

        char Added(char c)
        {
            word.Append(c);
            return quote;
        }
    }
}
