using System.Text;
using BatchRunner.Runway;
using BatchRunner.Runway.Reading;
using BatchRunner.Runway.Wire;
using BatchRunner.TestKit.Fuzzing;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Tests.Runway;

/// <summary>Answers of another shape than the one that is known: whatever they are, nothing is thrown, invented or given up.</summary>
public class AnswerMutationSpecs
{
    const int Count = 20_000;

    static readonly TaskId Id = new("17f20503-6c24-4c16-946b-35dbbce2af2f");

    static readonly string[] Pieces =
    [
        "null", "true", "-1", "1e999", "\"\"", "[]", "{}", "[", "{", "\"", "\\ud800", "\\u0000", "\"status\":7,", "\"output\":{},",
        "\"id\":null,", "\"cost\":[],", "\"cost\":{\"credits\":-5},", "\"progress\":\"half\",", "\uFEFF", "\u0000", "<html>",
    ];

    static readonly string[] Creates =
    [
        """{"id":"17f20503-6c24-4c16-946b-35dbbce2af2f","estimatedCost":{"credits":25}}""",
        """{"estimatedCost":{"credits":25.5},"id":"17f20503-6c24-4c16-946b-35dbbce2af2f","new":[1,{"id":"other"}]}""",
    ];

    static readonly string[] Tasks =
    [
        """{"id":"17f20503-6c24-4c16-946b-35dbbce2af2f","status":"RUNNING","createdAt":"2026-11-20T09:00:00Z","progress":0.48,"estimatedCost":{"credits":25}}""",
        """{"id":"17f20503-6c24-4c16-946b-35dbbce2af2f","status":"THROTTLED","createdAt":"2026-11-20T09:00:00Z"}""",
        """{"status":"PENDING","id":"17f20503-6c24-4c16-946b-35dbbce2af2f","output":[],"failure":null}""",
    ];

    [Fact]
    public void An_answer_to_a_create_that_was_taken_is_never_called_a_refusal()
    {
        var reading = new CreateReading(new ServerWords(null));
        var accepted = 0;
        foreach (var body in Mutated(Creates))
        {
            var answer = reading.Read(new Exchange.Answered(200, body, null, null));

            Assert.IsNotType<CreateAnswer.Refused>(answer);
            if (answer is CreateAnswer.Accepted { Task: var task, EstimatedCredits: var credits })
            {
                accepted++;
                Assert.True(credits is null or >= 0);
                Assert.True(body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(task.Value)) >= 0 || body.Contains((byte)'\\'), task.Value);
            }
        }

        Assert.InRange(accepted, Count / 20, Count - 1);
    }

    [Fact]
    public void An_answer_about_a_task_that_is_alive_is_never_called_its_end()
    {
        var reading = new TaskReading(new ServerWords(null));
        var found = 0;
        foreach (var body in Mutated(Tasks))
        {
            var answer = reading.ReadGet(Id, new Exchange.Answered(200, body, null, null));

            Assert.True(answer is TaskAnswer.Found or TaskAnswer.Trouble { IsSenseless: true }, answer.ToString());
            if (answer is TaskAnswer.Found { Task: var task })
            {
                found++;
                Assert.True(
                    task.Status is TaskStatus.Running or TaskStatus.Throttled or TaskStatus.Pending or TaskStatus.Other,
                    Encoding.UTF8.GetString(body));
                Assert.True(task.Progress is null or (>= 0 and <= 1));
                Assert.True(task.EstimatedCredits is null or >= 0);
            }
        }

        Assert.InRange(found, Count / 20, Count - 1);
    }

    static IEnumerable<byte[]> Mutated(string[] answers)
    {
        var mutation = new Mutation(new Random(24), answers, Pieces);
        for (var i = 0; i < Count; i++)
        {
            yield return mutation.Next();
        }
    }
}
