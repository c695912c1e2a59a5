using System.Buffers.Binary;
using BatchRunner.TestKit;

namespace BatchRunner.Tests.Expansion.Support;

/// <summary>A PNG as far as its head says: enough to be recognised, small enough to be made anew.</summary>
static class Picture
{
    public static void WriteTo(TempFolder folder, string name, int width = 1280, int height = 720, byte flavour = 0)
    {
        byte[] bytes = [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, .. new byte[8], 8, 2, 0, 0, 0, 0, 0, 0, 0, flavour];
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(20), height);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name]) ?? folder.FullPath);
        File.WriteAllBytes(folder[name], bytes);
    }
}
