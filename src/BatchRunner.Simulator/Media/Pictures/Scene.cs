using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Simulator.Media.Pictures;

/// <summary>What a task's picture shows: colours and a pattern of its own, its name, its prompt, and a moving clock.</summary>
sealed class Scene
{
    const int Bands = 12;
    const byte Ink = Bands;
    const byte Accent = Bands + 1;
    const byte Shade = Bands + 2;

    readonly Picture background;
    readonly byte[] identity;
    readonly string length;
    readonly double seconds;
    readonly int scale;
    readonly int margin;

    /// <param name="taskId">Two tasks look different.</param>
    /// <param name="model">Written below the task.</param>
    /// <param name="plan">Size, length and prompt.</param>
    /// <param name="index">0 for the task's first output.</param>
    public Scene(string taskId, string model, OutputPlan plan, int index)
    {
        identity = SHA256.HashData(Encoding.UTF8.GetBytes($"{taskId} {plan.Title} {index}"));
        seconds = (double)plan.Seconds;
        length = plan.Seconds.ToString("0.0", CultureInfo.InvariantCulture);
        background = new Picture(plan.Width, plan.Height);
        scale = Math.Max(1, Math.Min(background.Columns / 120, background.Rows / 80));
        margin = 4 * scale;
        var hue = identity[0] * 360 / 256.0;
        Palette =
        [
            .. Enumerable.Range(0, Bands).Select(band => Colour.Of(hue + (band * 6), 0.45, 0.20 + (band * 0.022))),
            new Colour(245, 245, 240),
            Colour.Of(hue + 165, 0.75, 0.62),
            Colour.Of(hue, 0.40, 0.13),
        ];
        Paint(taskId[..8] + (index == 0 ? "" : $" #{index + 1}"), model, plan.Title);
    }

    /// <summary>The colours its pictures refer to.</summary>
    public IReadOnlyList<Colour> Palette { get; }

    int Room => background.Columns - (2 * margin);

    int ClockRow => background.Rows - margin - (12 * scale);

    public Picture NewPicture() => new(background.Width, background.Height);

    /// <summary>Draws the moment into a picture.</summary>
    public void Draw(Picture picture, double moment)
    {
        picture.CopyFrom(background);
        if (seconds <= 0)
        {
            return;
        }

        var (columns, rows) = (picture.Columns, picture.Rows);
        var clock = $"{moment.ToString("00.0", CultureInfo.InvariantCulture)} / {length} S";
        PixelFont.Write(picture, clock, margin, ClockRow, Fit(clock, scale), Ink);
        picture.Fill(margin, rows - margin - (3 * scale), Room, 2 * scale, Shade);
        picture.Fill(margin, rows - margin - (3 * scale), (int)(Room * moment / seconds), 2 * scale, Accent);

        // A block that wanders between the walls: one cell a frame, told apart from its neighbours by where it starts.
        var size = 6 * scale;
        var step = (int)(moment * 24);
        picture.Fill(
            Bounce(identity[1] + step, columns - size),
            Bounce(identity[2] + step, ClockRow - (2 * scale) - size),
            size,
            size,
            Accent);
    }

    void Paint(string name, string model, string prompt)
    {
        var (columns, rows) = (background.Columns, background.Rows);
        for (var band = 0; band < Bands; band++)
        {
            var from = band * rows / Bands / 4 * 4;
            background.Fill(0, from, columns + 3, rows + 3 - from, (byte)band);
        }

        Pattern(columns, rows);
        var row = margin;
        row = Write(name, row, Fit(name, 2 * scale), Ink);
        row = Write(model, row, Fit(model, scale), Accent) + margin;
        var size = Math.Max(1, scale / 2);
        foreach (var line in Wrap(prompt, Room / (PixelFont.Advance * size)).Take((ClockRow - row) / (10 * size)))
        {
            row = Write(line, row, size, Ink);
        }
    }

    int Write(string text, int row, int size, byte colour)
    {
        PixelFont.Write(background, text, margin, row, size, colour);
        return row + (10 * size);
    }

    int Fit(string text, int wanted) => Math.Clamp(Room / (PixelFont.Advance * Math.Max(text.Length, 1)), 1, wanted);

    // Five by five blocks, the right half mirrors the left: people tell these apart at a glance.
    void Pattern(int columns, int rows)
    {
        var size = Math.Max(4, Math.Min(columns, rows) / 10 / 4 * 4);
        var left = (columns - margin - (5 * size)) / 4 * 4;
        var top = (ClockRow - (2 * scale) - (5 * size)) / 4 * 4;
        for (var i = 0; i < 15; i++)
        {
            if ((identity[3 + (i / 8)] & (1 << (i % 8))) != 0)
            {
                var (x, y) = (i / 5, i % 5);
                background.Fill(left + (x * size), top + (y * size), size, size, Shade);
                background.Fill(left + ((4 - x) * size), top + (y * size), size, size, Shade);
            }
        }
    }

    static int Bounce(int step, int room)
    {
        var at = step % (2 * Math.Max(room, 1));
        return at < room ? at : (2 * room) - at;
    }

    static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word[..Math.Min(word.Length, width)] : $" {word}";
        }

        yield return line;
    }
}
