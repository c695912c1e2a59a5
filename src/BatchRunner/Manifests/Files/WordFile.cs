using BatchRunner.Diagnostics;

namespace BatchRunner.Manifests.Files;

/// <summary>A file of words or patterns for screening, one on each line; blank lines and those that begin with `#` are skipped.</summary>
static class WordFile
{
    /// <summary>Its words with their places; null and a problem if it can't be read.</summary>
    public static IReadOnlyList<ScalarNode>? Read(SourceFile file, SourcePlace place, DiagnosticBag problems)
    {
        if (PathRules.Read(file, SourceText.MaxBytes, place, problems) is not { } bytes
            || SourceText.Read(file, bytes, problems) is not { } source)
        {
            return null;
        }

        List<ScalarNode> words = [];
        for (var line = 0; line <= source.LineIndex(source.Text.Length); line++)
        {
            var written = source.Line(line);
            var word = written.Trim().ToString();
            if (word.Length > 0 && word[0] != '#')
            {
                var start = source.LineStart(line) + written.Length - written.TrimStart().Length;
                words.Add(new ScalarNode(source.Place(start, start + word.Length), word, word, new Map(source, start)));
            }
        }

        return words;
    }

    sealed class Map(SourceText source, int start) : ScalarMap
    {
        public override SourcePlace Place(ScalarNode scalar, int offset, int length) =>
            source.Place(start + offset, start + offset + length);
    }
}
