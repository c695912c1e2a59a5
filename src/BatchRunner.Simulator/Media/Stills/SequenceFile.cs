using System.IO.Compression;
using BatchRunner.Simulator.Media.Pictures;
using BatchRunner.Simulator.Media.Video;

namespace BatchRunner.Simulator.Media.Stills;

/// <summary>A video as numbered stills in a ZIP.</summary>
static class SequenceFile
{
    static readonly DateTimeOffset Stamp = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="scene">What is shown.</param>
    /// <param name="plan">How long.</param>
    /// <param name="still">Writes one.</param>
    public static byte[] Make(
        Scene scene, OutputPlan plan, Func<Picture, IReadOnlyList<Colour>, byte[]> still)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var picture = scene.NewPicture();
            for (var frame = 0; frame < MovieFile.FrameCount(plan.Seconds); frame++)
            {
                scene.Draw(picture, frame / (double)MovieFile.FramesPerSecond);
                var entry = zip.CreateEntry($"frame_{frame + 1:0000}{plan.Stills}", CompressionLevel.NoCompression);
                entry.LastWriteTime = Stamp;
                using var content = entry.Open();
                content.Write(still(picture, scene.Palette));
            }
        }

        return file.ToArray();
    }
}
