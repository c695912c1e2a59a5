using System.Runtime.InteropServices;
using System.Text.Json;
using BatchRunner.Expansion;
using BatchRunner.Expansion.Shelving;

namespace BatchRunner.Journaling.Records;

/// <summary>Rows that jobs near each other share are one object, and so are lists of them that follow each other.</summary>
sealed class SharedRows
{
    // Rows of a short axis come again and again, those of a long sheet hardly ever.
    const int Most = 1_000;

    readonly Dictionary<int, JournalRecord.AxisNamed> axes = [];
    readonly List<AxisRow> rows = [];
    HashIndex index = new();
    readonly List<AxisRow> reading = [];
    readonly List<string?> cells = [];
    AxisRow[] last = [];

    /// <summary>An axis that rows may name from now on.</summary>
    public void Know(JournalRecord.AxisNamed axis) => axes[axis.Number] = axis;

    /// <summary>The rows whose list the reader stands before.</summary>
    /// <exception cref="FormatException">One is of an axis that was not named, or has no label.</exception>
    public IReadOnlyList<AxisRow> Read(ref Utf8JsonReader json, Words words)
    {
        reading.Clear();
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.StartArray)
        {
            json.Read();
            var axis = json.GetInt32();
            cells.Clear();
            while (json.Read() && json.TokenType is JsonTokenType.String or JsonTokenType.Null)
            {
                cells.Add(words.Read(ref json));
            }

            reading.Add(Row(axis));
        }

        return last = CollectionsMarshal.AsSpan(reading).SequenceEqual(last) ? last : [.. reading];
    }

    AxisRow Row(int number)
    {
        if (!axes.TryGetValue(number, out var axis) || cells.Count == 0)
        {
            throw new FormatException("a row without a label, or of an axis that was not named");
        }

        var label = cells[0] ?? "";
        var hash = HashCode.Combine(number, label);
        var known = index.Find(hash, at => IsKnown(rows[at], axis, label));
        if (known != HashIndex.None)
        {
            return rows[known];
        }

        var values = new string?[cells.Count - 1];
        for (var i = 0; i < values.Length; i++)
        {
            // Mostly a row is called like one of its cells.
            values[i] = cells[i + 1] == label ? label : cells[i + 1];
        }

        if (rows.Count == Most)
        {
            rows.Clear();
            index = new HashIndex();
        }

        index.Add(hash, rows.Count);
        rows.Add(new AxisRow(axis.Name, label, axis.Columns, values));
        return rows[^1];
    }

    bool IsKnown(AxisRow row, JournalRecord.AxisNamed axis, string label) =>
        ReferenceEquals(row.Columns, axis.Columns) && row.Axis == axis.Name && row.Label == label && row.Values.SequenceEqual(cells.Skip(1));
}
