using BatchRunner.Journaling;

namespace BatchRunner.Results.Provenance;

/// <summary>provenance.jsonl in a run's folder: where each clip comes from. Made from the journal alone, so it can be made again.</summary>
static class ProvenanceFile
{
    public const string Name = "provenance.jsonl";

    /// <summary>Writes it, unless it says the same already; without clips there is none.</summary>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public static void Write(RunFolder folder, JournalContents journal)
    {
        if (ProvenanceLines.IsNeeded(journal))
        {
            WholeFile.Renew(Path.Combine(folder.Root, Name), file => ProvenanceLines.Write(file, journal));
        }
    }
}
