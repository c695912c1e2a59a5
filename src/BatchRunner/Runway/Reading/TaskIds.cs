using System.Buffers;
using System.Text.Json;

namespace BatchRunner.Runway.Reading;

/// <summary>Finds the id of a task that was paid for, even in an answer that was cut short after it.</summary>
static class TaskIds
{
    static readonly SearchValues<char> Plain =
        SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~");

    /// <summary>The member `id` of the outermost object if it is whole, or null.</summary>
    public static TaskId? Find(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.StartsWith("\uFEFF"u8) ? body.Span[3..] : body.Span;
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState(new() { MaxDepth = 32 }));
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName
                    && reader.CurrentDepth == 1
                    && reader.ValueSpan.SequenceEqual("id"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String ? Of(reader.GetString()) : null;
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // What came is not JSON, or an id no text can be made of: there is no id.
        }

        return null;
    }

    /// <summary>An id as a path takes it without escapes, or null. Runway's are UUIDs, but nobody has promised that.</summary>
    public static TaskId? Of(string? text) =>
        text is { Length: > 0 and <= 200 }
        && text.AsSpan().IndexOfAnyExcept(Plain) < 0
        && text is not ("." or "..")
            ? new TaskId(text)
            : null;
}
