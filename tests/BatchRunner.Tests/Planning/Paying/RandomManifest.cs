using System.Globalization;
using System.Text;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Planning.Paying;

/// <summary>A valid manifest at random with its sheet and media, in a folder of its own.</summary>
static class RandomManifest
{
    /// <summary>Writes all of it and gives the manifest's text.</summary>
    public static string Write(TempFolder folder, Draws draws)
    {
        File.WriteAllBytes(folder["hero.png"], MediaBytes.Png(1280, 720));
        File.WriteAllBytes(folder["small.png"], MediaBytes.Png(640, 480));
        File.WriteAllBytes(folder["short.mp4"], MediaBytes.Mp4(1280, 720, 3000 + (draws.Below(30) * 100), 24));
        File.WriteAllBytes(folder["long.mp4"], draws.Once(2) ? MediaBytes.Mp4(3840, 2160, 9500, 30) : MediaBytes.Mp4(1280, 720, 9500, 30));
        File.WriteAllBytes(folder["voice.wav"], MediaBytes.Wav(draws.From(4, 20)));
        var rows = draws.From(1, 3);
        folder.Write("rows.csv", Sheet(draws, rows));
        var isSilent = draws.Once(5);
        var arms = draws.From(1, 3);
        var text = new StringBuilder("version: 1\nname: made\ndedupe: share\n");
        if (!isSilent)
        {
            text.Append("templates:\n");
            for (var i = draws.Below(2); i >= 0; i--)
            {
                text.Append(CultureInfo.InvariantCulture, $"  t{i}: {Template(draws, i)}\n");
            }
        }

        text.Append("variables:\n  row: rows.csv\n  arm:\n");
        for (var i = 0; i < arms; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{ id: a{i}, request: {{ {(isSilent ? Arms.Silent(draws) : Arms.Prompted(draws))} }} }}\n");
        }

        text.Append(Matrix(draws, rows, arms));
        text.Append(draws.One("", "takes: 2\n", "takes: \"{{ row.takes ?? 1 }}\"\n"));
        return folder.Write("batch.yaml", text.ToString());
    }

    // Rows may repeat what they say: then two jobs have one request, and one of them costs nothing. A later row may ask for
    // no take at all.
    static string Sheet(Draws draws, int rows)
    {
        var sheet = new StringBuilder("id,scene,takes\n");
        for (var i = 0; i < rows; i++)
        {
            var scene = string.Join(' ', Enumerable.Repeat(draws.One("a window", "a train table", "a quiet desk"), draws.From(1, 12)));
            sheet.Append(CultureInfo.InvariantCulture, $"r{i},{scene},{(i < 2 ? draws.One("", "2", "3") : draws.One("", "2", "0"))}\n");
        }

        return sheet.ToString();
    }

    // A layer of an arm of the test lies under those of its axes.
    static string Template(Draws draws, int i) => draws.One(
        $"\"{{{{ row.scene }}}} in look {i}\"",
        $"{{ text: \"{{{{ row.scene }}}}, {i}\", request: {{ }} }}",
        "\"{{ row.scene }}\"");

    static string Matrix(Draws draws, int rows, int arms) => draws.Below(4) switch
    {
        1 when rows > 1 => "matrix: { where: \"row.id != 'r1'\" }\n",
        2 when rows > 1 => "matrix: { exclude: [ { row: r0, arm: a0 } ] }\n",
        3 when rows == arms => "matrix: { zip: [ row, arm ] }\n",
        _ => "",
    };
}
