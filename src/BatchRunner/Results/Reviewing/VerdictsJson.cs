using System.Text.Json;

namespace BatchRunner.Results.Reviewing;

/// <summary>The verdicts that hold of the rows of a table, as the page reads them.</summary>
static class VerdictsJson
{
    public static void Write(Utf8JsonWriter json, Review review, ResultsTable table)
    {
        json.WriteStartArray();
        foreach (var row in table.Rows.Where(row => row.Job.SharesWith is null))
        {
            if (review.Of(row.Job.Key.Hex, row.State) is not { } verdict)
            {
                continue;
            }

            json.WriteStartObject();
            json.WriteString("key", verdict.Key);
            json.WriteString("decision", verdict.Decision);
            json.WriteString("note", verdict.Note);
            json.WriteString("by", verdict.By);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
