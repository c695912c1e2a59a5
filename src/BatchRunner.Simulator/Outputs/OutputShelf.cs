using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Media;

namespace BatchRunner.Simulator.Outputs;

/// <summary>The last few outputs asked for, so that a range or a second look does not film them again.</summary>
sealed class OutputShelf
{
    const int Room = 16;

    readonly Lock gate = new();
    readonly Dictionary<(string Task, int Index), Lazy<OutputFile>> files = [];
    readonly Queue<(string Task, int Index)> order = new();

    public OutputFile Get(TaskRecord task, int index)
    {
        Lazy<OutputFile>? file;
        lock (gate)
        {
            if (!files.TryGetValue((task.Id, index), out file))
            {
                file = new Lazy<OutputFile>(() => OutputFile.Make(task.Id, task.Model, task.Output, index));
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
}
