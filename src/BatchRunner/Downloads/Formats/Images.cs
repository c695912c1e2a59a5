using System.Buffers.Binary;

namespace BatchRunner.Downloads.Formats;

/// <summary>Still images, each with its own mark for the end.</summary>
static class Images
{
    public static string? FindProblemInPng(FileView file, bool isFramed)
    {
        for (var offset = 8L; ;)
        {
            var head = file.At(offset, 8);
            if (head.IsEmpty)
            {
                return "it has no `IEND`";
            }

            var isEnd = head[4..].SequenceEqual("IEND"u8);
            offset += BinaryPrimitives.ReadUInt32BigEndian(head) + 12L;
            if (offset > file.Length)
            {
                return "it ends in the middle of a chunk";
            }

            if (isEnd)
            {
                return offset == file.Length ? null : "there are bytes after its `IEND`";
            }
        }
    }

    public static string? FindProblemInJpeg(FileView file, bool isFramed)
    {
        // Segments up to the image itself, whose length nobody says; after it only the end mark tells.
        for (var offset = 2L; ;)
        {
            var head = file.At(offset, 4);
            if (head.IsEmpty || head[0] != 0xff)
            {
                return "it ends before its image";
            }

            if (head[1] == 0xff)
            {
                offset++;
                continue;
            }

            if (head[1] == 0xda)
            {
                return file.Has(file.Length - 2, [0xff, 0xd9]) ? null : "it has no end mark";
            }

            offset += BinaryPrimitives.ReadUInt16BigEndian(head[2..]) + 2L;
        }
    }

    public static string? FindProblemInGif(FileView file, bool isFramed) =>
        file.Length > 13 && file.Has(file.Length - 1, [0x3b]) ? null : "it has no end mark";
}
