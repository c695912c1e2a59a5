namespace BatchRunner.Simulator.Media.Pictures;

/// <summary>Capital letters, digits and some signs on 5x7 dots.</summary>
static class PixelFont
{
    /// <summary>Dots from one sign to the next.</summary>
    public const int Advance = 6;

    public const int Height = 7;

    const int Width = 5;
    const string Signs = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ.,:;-_/'!?()%+#&";

    // Seven rows of each sign, the leftmost dot is 16.
    static readonly byte[] Dots = Convert.FromHexString(
        "00000000000000" +
        "0E11131519110E" + "040C040404040E" + "0E11010204081F" + "1F02040201110E" + "02060A121F0202" +
        "1F101E0101110E" + "0608101E11110E" + "1F010204080808" + "0E11110E11110E" + "0E11110F01020C" +
        "0E11111F111111" + "1E11111E11111E" + "0E11101010110E" + "1C12111111121C" + "1F10101E10101F" +
        "1F10101E101010" + "0E11101711110F" + "1111111F111111" + "0E04040404040E" + "0702020202120C" +
        "11121418141211" + "1010101010101F" + "111B1515111111" + "11111915131111" + "0E11111111110E" +
        "1E11111E101010" + "0E11111115120D" + "1E11111E141211" + "0F10100E01011E" + "1F040404040404" +
        "1111111111110E" + "11111111110A04" + "1111111515150A" + "11110A040A1111" + "11110A04040404" + "1F01020408101F" +
        "00000000000C0C" + "000000000C0408" + "000C0C000C0C00" + "000C0C000C0408" + "0000001F000000" +
        "0000000000001F" + "00010204081000" + "0C040800000000" + "04040404040004" + "0E110102040004" +
        "02040808080402" + "08040202020408" + "18190204081303" + "0004041F040400" + "0A0A1F0A1F0A0A" + "0C12140815120D");

    /// <summary>Writes a line; a sign it doesn't have is a small box.</summary>
    public static void Write(Picture picture, string text, int column, int row, int scale, byte colour)
    {
        foreach (var sign in text)
        {
            var index = Signs.IndexOf(char.ToUpperInvariant(sign), StringComparison.Ordinal);
            for (var dot = 0; dot < Width * Height; dot++)
            {
                var (x, y) = (dot % Width, dot / Width);
                if (index < 0 ? x is > 0 and < 4 && y is > 1 and < 6 : (Dots[(index * Height) + y] & (16 >> x)) != 0)
                {
                    picture.Fill(column + (x * scale), row + (y * scale), scale, scale, colour);
                }
            }

            column += Advance * scale;
        }
    }
}
