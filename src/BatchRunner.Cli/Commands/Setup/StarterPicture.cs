using BatchRunner.Simulator.Media.Pictures;
using BatchRunner.Simulator.Media.Stills;

namespace BatchRunner.Cli.Commands.Setup;

/// <summary>Draws the picture of a starter, so that it runs before anybody has one: 1280 x 720, in the user's place to replace.</summary>
static class StarterPicture
{
    const int Shades = 24;
    const byte Dark = Shades;
    const byte Middle = Shades + 1;
    const byte Bright = Shades + 2;

    /// <summary>A bottle on a table in morning light.</summary>
    public static byte[] Bottle() => Draw(32, 0.35, 0.55, picture =>
    {
        picture.Fill(0, 128, 320, 52, Middle);
        Disc(picture, 200, 132, 60, 6, Dark);
        picture.Fill(136, 66, 48, 64, Dark);
        Disc(picture, 160, 66, 24, 14, Dark);
        picture.Fill(152, 36, 16, 30, Dark);
        picture.Fill(150, 32, 20, 6, Bright);
        picture.Fill(142, 70, 4, 54, Bright);
        picture.Fill(140, 90, 40, 22, Middle);
    });

    /// <summary>A paper moon over a paper sea.</summary>
    public static byte[] Sea() => Draw(190, 0.45, 0.60, picture =>
    {
        Disc(picture, 236, 50, 26, 26, Bright);
        Disc(picture, 226, 44, 6, 5, Middle);
        for (var wave = 0; wave < 9; wave++)
        {
            Disc(picture, (wave * 44) - 12, 132, 26, 16, Middle);
            Disc(picture, (wave * 44) + 10, 152, 28, 16, Dark);
        }

        picture.Fill(0, 152, 320, 28, Dark);
    });

    /// <summary>A lighthouse at dusk, without colours.</summary>
    public static byte[] Lighthouse() => Draw(220, 0.03, 0.62, picture =>
    {
        for (var step = 0; step < 152; step++)
        {
            picture.Fill(152 - step, 44 - (step / 8), 1, 3 + (step / 4), Bright);
        }

        Disc(picture, 160, 176, 150, 34, Dark);
        for (var row = 0; row < 104; row++)
        {
            picture.Fill(150 - (row / 9), 52 + row, 20 + (row / 9 * 2), 1, row / 26 % 2 == 0 ? Middle : Dark);
        }

        picture.Fill(146, 48, 28, 4, Dark);
        picture.Fill(152, 36, 16, 12, Bright);
        Disc(picture, 160, 36, 10, 6, Dark);
    });

    // A sky in shades of one hue from top to bottom, then what stands before it.
    static byte[] Draw(double hue, double saturation, double lightness, Action<Picture> scene)
    {
        var picture = new Picture(1280, 720);
        for (var row = 0; row < picture.Rows; row++)
        {
            picture.Fill(0, row, picture.Columns, 1, (byte)(row * Shades / picture.Rows));
        }

        scene(picture);
        return PngFile.Make(picture,
        [
            .. Enumerable.Range(0, Shades).Select(shade => Colour.Of(hue, saturation, lightness + (shade * 0.012))),
            Colour.Of(hue + 10, saturation, 0.16),
            Colour.Of(hue + 20, saturation, 0.38),
            Colour.Of(hue + 30, saturation, 0.94),
        ]);
    }

    static void Disc(Picture picture, int column, int row, int width, int height, byte colour)
    {
        for (var y = -height; y <= height; y++)
        {
            var half = (int)Math.Round(width * Math.Sqrt(1 - (y * y / (double)(height * height))));
            picture.Fill(column - half, row + y, 2 * half, 1, colour);
        }
    }
}
