using System.Globalization;
using System.Text.Json;
using BatchRunner.Jobs;
using BatchRunner.Runway;
using TaskStatus = BatchRunner.Runway.TaskStatus;

namespace BatchRunner.Journaling.Records;

/// <summary>What happened to a job, as members of a record, and back.</summary>
static class EventJson
{
    public static void Write(Utf8JsonWriter json, int job, JobEvent happened)
    {
        json.WriteString("t"u8, TypeOf(happened));
        json.WriteNumber("j"u8, job);
        if (happened.Fence != 0)
        {
            json.WriteNumber("f"u8, happened.Fence);
        }

        switch (happened)
        {
            case JobEvent.Intended e:
                json.WriteNumber("credits"u8, e.Reserved);
                if (e.Catalogue is { } day)
                {
                    json.WriteString("catalogue"u8, day.ToString("O", CultureInfo.InvariantCulture));
                }

                break;
            case JobEvent.Submitted e:
                json.WriteString("task"u8, e.Task.Value);
                Number(json, "credits"u8, e.Estimate);
                break;
            case JobEvent.Refused e:
                json.WriteString("why"u8, e.Reason);
                break;
            case JobEvent.Lost e:
                json.WriteString("why"u8, e.Reason);
                break;
            case JobEvent.Hinted e:
                json.WriteNumber("balance"u8, e.Before.Balance);
                json.WriteNumber("daily"u8, e.Before.DailyUsed);
                json.WriteNumber("balanceAfter"u8, e.After.Balance);
                json.WriteNumber("dailyAfter"u8, e.After.DailyUsed);
                break;
            case JobEvent.Seen e:
                json.WriteString("status"u8, WordOf(e.Status));
                Number(json, "credits"u8, e.Estimate);
                break;
            case JobEvent.Succeeded e:
                Number(json, "cost"u8, e.Cost);
                Number(json, "ran"u8, e.Ran is { } ran ? Math.Round((decimal)ran.TotalSeconds, 1) : null);
                break;
            case JobEvent.Saved e:
                Files(json, e.Files);
                break;
            case JobEvent.Missing e:
                json.WriteString("why"u8, e.Reason);
                break;
            case JobEvent.Failed e:
                if (e.Failure.Code is { } code)
                {
                    json.WriteString("code"u8, code);
                }

                json.WriteString("class"u8, e.Failure.Class);
                json.WriteBoolean("repeat"u8, e.Failure.MayRepeat);
                json.WriteString("why"u8, e.Failure.Message);
                Number(json, "cost"u8, e.Cost);
                break;
            case JobEvent.CancelAsked e:
                json.WriteString("by"u8, e.Reason == CancelReason.User ? "user"u8 : "queue"u8);
                break;
            case JobEvent.Cancelled e:
                Number(json, "cost"u8, e.Cost);
                break;
            case JobEvent.Settled e:
                json.WriteNumber("cost"u8, e.Cost);
                break;
            case JobEvent.Screened e:
                json.WriteString("why"u8, e.Rule);
                if (e.IsModerated)
                {
                    json.WriteString("by"u8, "moderation"u8);
                }

                break;
            case JobEvent.TaskFound e:
                json.WriteString("task"u8, e.Task.Value);
                json.WriteString("why"u8, e.Source);
                break;
            case JobEvent.Moved e:
                json.WriteBoolean("superseded"u8, e.IsSuperseded);
                Files(json, e.Files);
                break;
            default:
                break;
        }
    }

    /// <summary>The event of that type with these members; null if there is none, or a member it needs is missing.</summary>
    public static JobEvent? Read(string type, in RecordFields r)
    {
        var (at, fence) = (r.At, r.Fence);
        return type switch
        {
            "intent" when r.Credits is { } credits => new JobEvent.Intended(at, fence, credits, r.Catalogue),
            "submitted" when r.Task is { } task => new JobEvent.Submitted(at, fence, new TaskId(task), r.Credits),
            "refused" when r.Why is { } why => new JobEvent.Refused(at, fence, why),
            "unknown" when r.Why is { } why => new JobEvent.Lost(at, fence, why),
            "hint" => new JobEvent.Hinted(
                at, fence, new AccountHint(r.Balance, r.Daily), new AccountHint(r.BalanceAfter, r.DailyAfter)),
            "seen" when r.Status is { } status => new JobEvent.Seen(at, fence, StatusOf(status), r.Credits),
            "succeeded" => new JobEvent.Succeeded(at, fence, r.Cost)
            {
                Ran = RanOf(r.Ran),
            },
            "saved" when r.Files is { } files => new JobEvent.Saved(at, fence, files),
            "missing" when r.Why is { } why => new JobEvent.Missing(at, fence, why),
            "failed" when r is { Class: { } name, Why: { } why } =>
                new JobEvent.Failed(at, fence, new JobFailure(r.Code, name, r.Repeat, why), r.Cost),
            "cancel" when r.By is { } by =>
                new JobEvent.CancelAsked(at, fence, by == "queue" ? CancelReason.QueueTimeout : CancelReason.User),
            "cancelled" => new JobEvent.Cancelled(at, fence, r.Cost),
            "settled" when r.Cost is { } cost => new JobEvent.Settled(at, fence, cost),
            "screened" when r.Why is { } why => new JobEvent.Screened(at, why, r.By == "moderation"),
            "cleared" => new JobEvent.Cleared(at),
            "retry" => new JobEvent.RetryAsked(at),
            "found" when r is { Task: { } task, Why: { } why } => new JobEvent.TaskFound(at, fence, new TaskId(task), why),
            "not-charged" => new JobEvent.NotCharged(at, fence),
            "resubmit" => new JobEvent.ResubmitAllowed(at, fence),
            "moved" when r.Files is { } files => new JobEvent.Moved(at, files, r.Superseded),
            _ => null,
        };
    }

    static string TypeOf(JobEvent happened) => happened switch
    {
        JobEvent.Intended => "intent",
        JobEvent.Submitted => "submitted",
        JobEvent.Refused => "refused",
        JobEvent.Lost => "unknown",
        JobEvent.Hinted => "hint",
        JobEvent.Seen => "seen",
        JobEvent.Succeeded => "succeeded",
        JobEvent.Saved => "saved",
        JobEvent.Missing => "missing",
        JobEvent.Failed => "failed",
        JobEvent.CancelAsked => "cancel",
        JobEvent.Cancelled => "cancelled",
        JobEvent.Settled => "settled",
        JobEvent.Screened => "screened",
        JobEvent.Cleared => "cleared",
        JobEvent.RetryAsked => "retry",
        JobEvent.TaskFound => "found",
        JobEvent.NotCharged => "not-charged",
        JobEvent.ResubmitAllowed => "resubmit",
        JobEvent.Moved => "moved",
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    static string WordOf(TaskStatus status) => status switch
    {
        TaskStatus.Throttled => "throttled",
        TaskStatus.Pending => "pending",
        TaskStatus.Running => "running",
        TaskStatus.Succeeded => "succeeded",
        TaskStatus.Failed => "failed",
        TaskStatus.Cancelled => "cancelled",
        _ => "other",
    };

    /// <summary>How long a task ran, of seconds.</summary>
    public static TimeSpan? RanOf(decimal? seconds) => seconds is { } ran ? TimeSpan.FromSeconds((double)ran) : null;

    /// <summary>The status a word stands for.</summary>
    public static TaskStatus StatusOf(string word) => word switch
    {
        "throttled" => TaskStatus.Throttled,
        "pending" => TaskStatus.Pending,
        "running" => TaskStatus.Running,
        "succeeded" => TaskStatus.Succeeded,
        "failed" => TaskStatus.Failed,
        "cancelled" => TaskStatus.Cancelled,
        _ => TaskStatus.Other,
    };

    static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    static void Files(Utf8JsonWriter json, IReadOnlyList<JobFile> files)
    {
        json.WriteStartArray("files"u8);
        foreach (var file in files)
        {
            json.WriteStartArray();
            json.WriteStringValue(file.Path);
            json.WriteNumberValue(file.Bytes);
            json.WriteStringValue(file.Sha256);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
