using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Outputs;

namespace BatchRunner.Simulator.Api;

/// <summary>`/v1/tasks/{id}`: where a task is, and its end.</summary>
sealed class TasksApi(Account account, OutputUrls urls)
{
    public Answer Read(string id) => account.Find(id) is var (task, now) ? Answer.Ok(Describe(task, now)) : Answer.NoTask;

    public Answer Delete(string id) => account.Delete(id) ? Answer.NoContent : Answer.NoTask;

    /// <summary>A task as the API shows it.</summary>
    public JsonObject Describe(SimulatedTask task, DateTimeOffset now)
    {
        var phase = task.PhaseAt(now);
        var body = new JsonObject
        {
            ["id"] = task.Record.Id,
            ["status"] = phase.ToString().ToUpperInvariant(),
            ["createdAt"] = Exchange.Time(task.Record.CreatedAt),
        };
        switch (phase)
        {
            case TaskPhase.Running:
                body["progress"] = Math.Round(task.ProgressAt(now), 4);
                break;
            case TaskPhase.Succeeded:
                body["output"] = task.Record.Fault == "empty-output" ? [] : urls.Of(task.Record, now);
                break;
            case TaskPhase.Failed:
                body["failure"] = TaskEndings.Message(task.Record.Ending.FailureCode);
                body["failureCode"] = task.Record.Ending.FailureCode;
                break;
            default:
                break;
        }

        var isOver = phase is TaskPhase.Succeeded or TaskPhase.Failed or TaskPhase.Cancelled;
        body[isOver ? "cost" : "estimatedCost"] =
            new JsonObject { ["credits"] = isOver ? task.Record.Ending.Cost : task.Record.Estimate };
        return body;
    }
}
