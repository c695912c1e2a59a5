using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using BatchRunner.Simulator.Media.Video;

namespace BatchRunner.Simulator.Media;

/// <summary>Videos of one form share their picture; a free box at the end, which players skip, holds whose each one is.</summary>
sealed class VideoCopies
{
    readonly ConcurrentDictionary<OutputPlan, Lazy<OutputFile>> films = [];

    /// <inheritdoc cref="OutputFile.Make"/>
    public OutputFile Make(string taskId, string model, OutputPlan plan, int index)
    {
        var form = plan with { Title = "" };
        var film = films.GetOrAdd(form, _ => new Lazy<OutputFile>(() => OutputFile.Make(taskId, model, form, 0))).Value;
        var note = new Box().Raw(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{taskId} {index}")));
        return OutputFile.Of([.. film.Bytes, .. note.Close("free")], plan.Extension);
    }
}
