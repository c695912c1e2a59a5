namespace BatchRunner.Templating.Rendering;

/// <summary>The text under way. A capture is a mark in it: what follows the mark is cut off again.</summary>
sealed class Output
{
    char[] buffer = new char[1024];

    public int Length { get; private set; }

    /// <summary>The most characters it may hold.</summary>
    public int Limit { get; set; }

    public ReadOnlySpan<char> Since(int mark) => buffer.AsSpan(mark, Length - mark);

    public void Clear()
    {
        Length = 0;
        if (buffer.Length > 65_536)
        {
            buffer = new char[1024];
        }
    }

    public void CutTo(int mark) => Length = mark;

    public bool TryAppend(ReadOnlySpan<char> text)
    {
        if (text.Length > Limit - Length || (text.Length > buffer.Length - Length && !TryGrow(text.Length)))
        {
            return false;
        }

        text.CopyTo(buffer.AsSpan(Length));
        Length += text.Length;
        return true;
    }

    public bool TryAppend<T>(T number, ReadOnlySpan<char> format)
        where T : ISpanFormattable
    {
        if (!TryReserve(64) || !number.TryFormat(buffer.AsSpan(Length), out var written, format, null))
        {
            return false;
        }

        Length += written;
        return Length <= Limit;
    }

    bool TryReserve(int count) => count <= buffer.Length - Length || TryGrow(count, slack: 64);

    bool TryGrow(int more, int slack = 0)
    {
        if (Length + (long)more > Limit + (long)slack)
        {
            return false;
        }

        var wanted = Math.Max(Length + more, Math.Min(buffer.Length * 2, Limit + slack));
        Array.Resize(ref buffer, wanted);
        return true;
    }
}
