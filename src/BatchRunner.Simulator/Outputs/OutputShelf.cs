using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Outputs;

/// <summary>The last few outputs asked for, so that a range or a second look does not film them again.</summary>
/// <param name="samePicture">Whether a video may be a copy of an earlier one of its form.</param>
sealed class OutputShelf(bool samePicture)
{
    const int Room = 16;

    readonly Lock gate = new();
    readonly Dictionary<(string Task, int Index), Lazy<OutputFile>> files = [];
    readonly Queue<(string Task, int Index)> order = new();
    readonly VideoCopies copies = new();

    public OutputFile Get(TaskRecord task, int index)
    {
        Lazy<OutputFile>? file;
        lock (gate)
        {
            if (!files.TryGetValue((task.Id, index), out file))
            {
                file = new Lazy<OutputFile>(() => Make(task, index));
                files[(task.Id, index)] = file;
                order.Enqueue((task.Id, index));
                if (order.Count > Room)
                {
                    files.Remove(order.Dequeue());
                }
            }
        }

        return file.Value;
    }

    OutputFile Make(TaskRecord task, int index) => samePicture && task.Output is { Kind: "video", Extension: ".mp4" or ".mov" }
        ? copies.Make(task.Id, task.Model, task.Output, index)
        : OutputFile.Make(task.Id, task.Model, task.Output, index);
}
