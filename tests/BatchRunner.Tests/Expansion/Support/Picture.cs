using BatchRunner.TestKit;

namespace BatchRunner.Tests.Expansion.Support;

/// <summary>Pictures for manifests to name.</summary>
static class Picture
{
    /// <summary>Writes a picture; another flavour has other bytes and looks the same.</summary>
    public static void WriteTo(TempFolder folder, string name, byte flavour = 0)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name]) ?? folder.FullPath);
        File.WriteAllBytes(folder[name], [.. MediaBytes.Png(1280, 720), flavour]);
    }
}
