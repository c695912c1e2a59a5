using System.Security.Cryptography;
using BatchRunner.Simulator.Media.Pictures;
using BatchRunner.Simulator.Media.Sounds;
using BatchRunner.Simulator.Media.Stills;
using BatchRunner.Simulator.Media.Video;

namespace BatchRunner.Simulator.Media;

/// <summary>A finished output. It is made from the task alone: the same task always gives the same bytes.</summary>
sealed record OutputFile(byte[] Bytes, string ContentType, string ETag)
{
    /// <param name="taskId">Whose.</param>
    /// <param name="model">By which model.</param>
    /// <param name="plan">Of what form.</param>
    /// <param name="index">0 for the first of the task.</param>
    public static OutputFile Make(string taskId, string model, OutputPlan plan, int index)
    {
        var bytes = plan.Kind == "audio" ? Sound(taskId, plan) : Sight(new Scene(taskId, model, plan, index), plan);
        return Of(bytes, plan.Extension);
    }

    /// <summary>A file of these bytes, with the tag they have.</summary>
    public static OutputFile Of(byte[] bytes, string extension)
    {
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16));
        return new OutputFile(bytes, TypeOf(extension), $"\"{tag}\"");
    }

    static byte[] Sound(string taskId, OutputPlan plan) => plan.Extension switch
    {
        ".wav" => WavFile.Make(taskId, plan.Seconds),
        ".ogg" => OggFile.Make(taskId, plan.Title, plan.Seconds),
        _ => Mp3File.Make(taskId, plan.Title, plan.Seconds),
    };

    static byte[] Sight(Scene scene, OutputPlan plan) => (plan.Kind, plan.Extension) switch
    {
        ("image", ".jpg") => Still(scene, JpegFile.Make),
        ("image", ".webp") => Still(scene, WebpFile.Make),
        ("image", _) => Still(scene, PngFile.Make),
        (_, ".zip") when plan.Stills == ".exr" => SequenceFile.Make(scene, plan, new ExrFile().Make),
        (_, ".zip") => SequenceFile.Make(scene, plan, PngFile.Make),
        _ => VideoFile.Make(scene, plan),
    };

    static byte[] Still(Scene scene, Func<Picture, IReadOnlyList<Colour>, byte[]> make)
    {
        var picture = scene.NewPicture();
        scene.Draw(picture, 0);
        return make(picture, scene.Palette);
    }

    static string TypeOf(string extension) => extension switch
    {
        ".mp4" => "video/mp4",
        ".mov" => "video/quicktime",
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        ".wav" => "audio/wav",
        ".ogg" => "audio/ogg",
        ".mp3" => "audio/mpeg",
        ".zip" => "application/zip",
        _ => "application/octet-stream",
    };
}
