namespace BatchRunner.Simulator.Media.Pictures;

/// <summary>A colour as screens have it, and as BT.709 video has it.</summary>
readonly record struct Colour(byte R, byte G, byte B)
{
    /// <summary>Y, 16 to 235.</summary>
    public int Luma => (int)Math.Round(16 + (219 * Grey / 255));

    /// <summary>Cb, 16 to 240.</summary>
    public int Blue => (int)Math.Round(128 + (112 * (B - Grey) / (255 * (1 - 0.0722))));

    /// <summary>Cr, 16 to 240.</summary>
    public int Red => (int)Math.Round(128 + (112 * (R - Grey) / (255 * (1 - 0.2126))));

    double Grey => (0.2126 * R) + (0.7152 * G) + (0.0722 * B);

    /// <summary>By hue in degrees, saturation and lightness from 0 to 1.</summary>
    public static Colour Of(double hue, double saturation, double lightness)
    {
        var reach = saturation * Math.Min(lightness, 1 - lightness);
        return new Colour(Channel(0), Channel(8), Channel(4));

        byte Channel(int n)
        {
            var k = (n + (hue / 30)) % 12;
            return (byte)Math.Round(255 * (lightness - (reach * Math.Max(-1, Math.Min(Math.Min(k - 3, 9 - k), 1)))));
        }
    }
}
