using BatchRunner.Diagnostics;
using BatchRunner.Manifests.Files;

namespace BatchRunner.Manifests.Shape;

/// <summary>A template that fills a file of its own: its text with `\n` for every line break, and places in that file.</summary>
static class PromptFile
{
    /// <summary>The file's text; null and a problem if it can't be read or is blank.</summary>
    public static ScalarNode? Read(SourceFile file, SourcePlace place, DiagnosticBag problems)
    {
        if (PathRules.Read(file, SourceText.MaxBytes, place, problems) is not { } bytes
            || SourceText.Read(file, bytes, problems) is not { } source)
        {
            return null;
        }

        // Git may check the file out with either line break: the prompt, and so the job's key, is the same.
        var text = source.Text.ReplaceLineEndings("\n");
        var scalar = new ScalarNode(source.Place(0, source.Text.Length), text, text, new Map(source));
        if (text.AsSpan().IsWhiteSpace())
        {
            problems.Add(ManifestProblems.EmptyPrompt(place, file.Path));
            return null;
        }

        if (text.Length > Yaml.YamlEvents.MaxScalar)
        {
            problems.Add(FileProblems.TooLarge(place, file.Path, Yaml.YamlEvents.MaxScalar));
            return null;
        }

        return Trimmed.Of(scalar);
    }

    sealed class Map(SourceText source) : ScalarMap
    {
        public override SourcePlace Place(ScalarNode scalar, int offset, int length)
        {
            var start = Source(offset);
            return source.Place(start, start + Math.Max(1, Source(offset + length) - start));
        }

        // Each `\r\n` before it is one character longer in the file.
        int Source(int offset)
        {
            var at = 0;
            for (var i = 0; i < offset && at < source.Text.Length; i++)
            {
                at += Math.Max(1, Yaml.ScalarTrace.BreakAt(source.Text, at));
            }

            return at;
        }
    }
}
