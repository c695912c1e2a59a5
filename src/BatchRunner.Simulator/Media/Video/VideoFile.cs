using BatchRunner.Simulator.Media.Pictures;

namespace BatchRunner.Simulator.Media.Video;

/// <summary>Films a scene.</summary>
static class VideoFile
{
    const int FramesPerKey = 2 * MovieFile.FramesPerSecond;

    public static byte[] Make(Scene scene, OutputPlan plan)
    {
        var encoder = new H264Encoder(plan.Width, plan.Height, scene.Palette);
        var movie = new MovieFile(plan.Width, plan.Height, plan.Seconds, plan.Extension == ".mov");
        var (picture, before) = (scene.NewPicture(), scene.NewPicture());
        for (var frame = 0; frame < MovieFile.FrameCount(plan.Seconds); frame++)
        {
            var isKey = frame % FramesPerKey == 0;
            scene.Draw(picture, frame / (double)MovieFile.FramesPerSecond);
            movie.Add(encoder.Encode(picture, isKey ? null : before), isKey);
            (picture, before) = (before, picture);
        }

        return movie.ToBytes();
    }
}
