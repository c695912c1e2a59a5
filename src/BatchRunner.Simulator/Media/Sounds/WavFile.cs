using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace BatchRunner.Simulator.Media.Sounds;

/// <summary>A quiet melody of a task's own, as 16-bit mono WAV.</summary>
static class WavFile
{
    const int Rate = 24_000;
    const int NoteLength = Rate / 2;
    const int HeaderLength = 44;

    static readonly int[] Pentatonic = [0, 2, 4, 7, 9, 12, 14, 16];

    public static byte[] Make(string taskId, decimal seconds)
    {
        var notes = SHA256.HashData(Encoding.ASCII.GetBytes(taskId));
        var count = (int)(seconds * Rate);
        var file = new byte[HeaderLength + (count * 2)];
        Header(file, count);
        for (var i = 0; i < count; i++)
        {
            var tone = 220 * Math.Pow(2, Pentatonic[notes[i / NoteLength % notes.Length] % 8] / 12.0);
            var fade = 1 - (i % NoteLength / (double)NoteLength);
            var value = 4_000 * fade * fade * Math.Sin(2 * Math.PI * tone * i / Rate);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderLength + (i * 2)), (short)value);
        }

        return file;
    }

    static void Header(Span<byte> file, int count)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], 1); // mono
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], Rate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], count * 2);
    }
}
