using BatchRunner.Jobs;
using BatchRunner.Runway;

namespace BatchRunner.Scheduling.Dispatching;

/// <summary>What the dispatcher wants done. Each ends in one <see cref="Fact"/> about the same job.</summary>
abstract record Order(Work Work)
{
    /// <summary>
    /// Deliver the inputs, save the intent, create, save the id; if no more tasks of its model are alive than that, this one
    /// counted, and the disk has room for so many more bytes.
    /// </summary>
    public sealed record Submit(Work Work, int MaxAlive, long Bytes) : Order(Work);

    /// <summary>Ask for its task.</summary>
    public sealed record Ask(Work Work) : Order(Work)
    {
        /// <summary>What is believed of it when the order is given.</summary>
        public TaskTimes Times { get; init; }
    }

    /// <summary>Ask again, cancel it only if it still waits, and confirm.</summary>
    public sealed record Withdraw(Work Work) : Order(Work);

    /// <summary>Bring its outputs home, asking for fresh URLs where there are none.</summary>
    public sealed record Download(Work Work) : Order(Work);
}

/// <summary>What is believed of a task that is seen only when it is asked for.</summary>
/// <param name="Begun">When it got its slot; null: nobody watched.</param>
/// <param name="SeenAlive">When an answer last said that it had not ended, or null.</param>
readonly record struct TaskTimes(DateTimeOffset? Begun, DateTimeOffset? SeenAlive)
{
    /// <summary>How long it ran if it is seen to have ended now: it ended between the last answer and this one.</summary>
    public TimeSpan? Ran(DateTimeOffset now) => Begun is { } begun ? EndBy(begun, SeenAlive, now) - begun : null;

    /// <summary>When a task that began then has ended, as likely before as after.</summary>
    public static DateTimeOffset EndBy(DateTimeOffset begun, DateTimeOffset? seenAlive, DateTimeOffset now)
    {
        var from = seenAlive > begun ? seenAlive.Value : begun;
        return from + ((now - from) / 2);
    }
}

/// <summary>What came of an order.</summary>
/// <param name="Work">The job.</param>
/// <param name="State">Its state, as the store has it now.</param>
abstract record Fact(Work Work, JobState State)
{
    /// <summary>The state says it all: submitted, failed, unknown, cancelled, done.</summary>
    public sealed record Moved(Work Work, JobState State) : Fact(Work, State)
    {
        /// <summary>The task as it was seen, or null if it was not asked for.</summary>
        public TaskSnapshot? Seen { get; init; }
    }

    /// <summary>It certainly was not submitted.</summary>
    public sealed record NotSubmitted(Work Work, JobState State, Obstacle Obstacle, string Message, TimeSpan? RetryAfter)
        : Fact(Work, State);

    /// <summary>Nobody answered, or not sensibly: try again later.</summary>
    public sealed record Trouble(Work Work, JobState State, string Reason, TimeSpan? RetryAfter) : Fact(Work, State)
    {
        /// <summary>The API itself did answer, but nothing that means anything: asking again may never help.</summary>
        public bool IsSenseless { get; init; }
    }

    /// <summary>404 for its task.</summary>
    public sealed record Gone(Work Work, JobState State) : Fact(Work, State);

    /// <summary>A download did not bring a whole file.</summary>
    public sealed record DownloadTrouble(Work Work, JobState State, string Reason, bool CanWait) : Fact(Work, State);

    /// <summary>401 or 403 to something that is not a create.</summary>
    public sealed record KeyRefused(Work Work, JobState State, string Message) : Fact(Work, State);

    /// <summary>The run's folder can't be written.</summary>
    public sealed record DiskFailed(Work Work, JobState State, string Reason) : Fact(Work, State);

    /// <summary>The run is stopping: it was given up, and nothing was changed.</summary>
    public sealed record GivenUp(Work Work, JobState State) : Fact(Work, State);
}

/// <summary>Why a job was not submitted.</summary>
enum Obstacle
{
    /// <summary>It is no longer to be submitted.</summary>
    NotReady,

    /// <summary>The run no longer submits.</summary>
    Stopped,

    /// <summary>No slot.</summary>
    Full,

    /// <summary>It would pass the cap.</summary>
    Budget,

    /// <summary>Its outputs might not fit on the disk.</summary>
    NoRoom,

    /// <summary>No connection.</summary>
    NotSent,

    /// <summary>429.</summary>
    TooMany,

    /// <summary>429 for good: the model's day is used up.</summary>
    DailyCap,

    /// <summary>503 with the API's own error.</summary>
    Overloaded,

    NoCredits,

    KeyRefused,

    /// <summary>An input could not be uploaded for now.</summary>
    NotDelivered,
}
