using System.Buffers.Binary;

namespace BatchRunner.Catalogue.Probing;

/// <summary>MP4, MOV, M4A and 3GP: files of boxes, walked by their sizes as far as these are believable.</summary>
static class IsoMedia
{
    const int MostBoxes = 512;

    const int MostTracks = 16;

    public static MediaFacts? Read(ByteWindow window)
    {
        var head = window.At(0, 64);
        if (head.Length < 12 || Type(head[4..8], head[8..12], head) is not { } type)
        {
            return null;
        }

        if (!type.StartsWith("video/", StringComparison.Ordinal) && !type.StartsWith("audio/", StringComparison.Ordinal))
        {
            return new MediaFacts(type, 0, null, null, null);
        }

        var movie = Find(window, 0, window.Length, "moov"u8);
        if (movie is not { } moov)
        {
            return new MediaFacts(type, 0, null, null, null);
        }

        var facts = new MediaFacts(type, 0, null, null, Duration(window, moov, "mvhd"u8));
        var hasPicture = false;
        var at = moov.Start;
        for (var track = 0; track < MostTracks && Find(window, at, moov.End, "trak"u8) is { } trak; track++)
        {
            at = trak.End;
            if (Track(window, trak) is { } picture)
            {
                (facts, hasPicture) = (facts with { Width = picture.Width, Height = picture.Height, FrameRate = picture.FrameRate }, true);
                break;
            }
        }

        // A general brand around sound alone is an M4A under another name.
        return !hasPicture && type == "video/mp4" && at > moov.Start ? facts with { ContentType = "audio/mp4" } : facts;
    }

    static string? Type(ReadOnlySpan<byte> box, ReadOnlySpan<byte> brand, ReadOnlySpan<byte> head)
    {
        if (!box.SequenceEqual("ftyp"u8))
        {
            // QuickTime before it had a brand.
            return box.SequenceEqual("moov"u8) || box.SequenceEqual("mdat"u8) || box.SequenceEqual("wide"u8) ? "video/quicktime" : null;
        }

        if (brand.StartsWith("M4A"u8) || brand.StartsWith("M4B"u8))
        {
            return "audio/mp4";
        }

        if (brand.StartsWith("avif"u8) || brand.StartsWith("avis"u8))
        {
            return "image/avif";
        }

        if (brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.StartsWith("mif1"u8))
        {
            return head.IndexOf("avif"u8) > 0 ? "image/avif" : "image/heic";
        }

        return brand.StartsWith("qt"u8) ? "video/quicktime" : brand.StartsWith("3g"u8) ? "video/3gpp" : "video/mp4";
    }

    // Width and height as shown, from the track header; frames a second from the table of sample times.
    static (int Width, int Height, decimal? FrameRate)? Track(ByteWindow window, Box trak)
    {
        if (Find(window, trak.Start, trak.End, "mdia"u8) is not { } mdia
            || Find(window, mdia.Start, mdia.End, "hdlr"u8) is not { } handler
            || !window.Starts("vide"u8, handler.Start + 8)
            || Find(window, trak.Start, trak.End, "tkhd"u8) is not { } header)
        {
            return null;
        }

        var long64 = window.At(header.Start, 1) is [1];
        var matrix = header.Start + (long64 ? 52 : 40);
        var size = header.Start + (long64 ? 88 : 76);
        var (width, height) = ((int)((window.U32(size) ?? 0) >> 16), (int)((window.U32(size + 4) ?? 0) >> 16));
        if (width == 0 || height == 0)
        {
            return null;
        }

        // A quarter turn has no share of x in x.
        var isTurned = window.U32(matrix) == 0 && window.U32(matrix + 4) is not (0 or null);
        var rate = FrameRate(window, mdia);
        return isTurned ? (height, width, rate) : (width, height, rate);
    }

    static decimal? FrameRate(ByteWindow window, Box mdia)
    {
        const int mostEntries = 4096;
        if (Duration(window, mdia, "mdhd"u8) is not { } seconds || seconds <= 0
            || Find(window, mdia.Start, mdia.End, "minf"u8) is not { } minf
            || Find(window, minf.Start, minf.End, "stbl"u8) is not { } stbl
            || Find(window, stbl.Start, stbl.End, "stts"u8) is not { } stts
            || window.U32(stts.Start + 4) is not ({ } entries and > 0 and <= mostEntries))
        {
            return null;
        }

        var table = window.At(stts.Start + 8, (int)entries * 8);
        var samples = 0L;
        for (var i = 0; i + 8 <= table.Length; i += 8)
        {
            samples += BinaryPrimitives.ReadUInt32BigEndian(table[i..]);
        }

        var rate = samples / seconds;
        return rate is >= 0.1m and < 1000 ? Math.Round(rate, 3) : null;
    }

    static decimal? Duration(ByteWindow window, Box parent, ReadOnlySpan<byte> name)
    {
        if (Find(window, parent.Start, parent.End, name) is not { } header)
        {
            return null;
        }

        var long64 = window.At(header.Start, 1) is [1];
        var scale = window.U32(header.Start + (long64 ? 20 : 12));
        var units = long64 ? window.U64(header.Start + 24) : window.U32(header.Start + 16);
        return scale is > 0 && units is > 0 and < uint.MaxValue * 1000UL && units != uint.MaxValue
            ? Math.Round((decimal)units.Value / scale.Value, 3)
            : null;
    }

    static Box? Find(ByteWindow window, long start, long end, ReadOnlySpan<byte> name)
    {
        var at = start;
        for (var i = 0; i < MostBoxes && at + 8 <= end; i++)
        {
            var head = window.At(at, 16);
            if (head.Length < 8)
            {
                return null;
            }

            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(head);
            var header = 8L;
            if (size == 1 && head.Length == 16)
            {
                (size, header) = ((long)BinaryPrimitives.ReadUInt64BigEndian(head[8..]), 16);
            }
            else if (size == 0)
            {
                size = end - at;
            }

            // A box can't end beyond its parent; one that says so ends with it.
            if (size < header)
            {
                return null;
            }

            var stop = size > end - at ? end : at + size;
            if (head[4..8].SequenceEqual(name))
            {
                return new Box(at + header, stop);
            }

            at = stop;
        }

        return null;
    }

    readonly record struct Box(long Start, long End);
}
