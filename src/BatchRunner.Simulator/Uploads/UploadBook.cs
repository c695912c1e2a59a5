using BatchRunner.Catalogue;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.State;

namespace BatchRunner.Simulator.Uploads;

/// <summary>The places for files that were handed out, and what filled them.</summary>
sealed class UploadBook(Dice dice, StateFile state)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Upload> uploads = [];

    /// <summary>A place for a file.</summary>
    public Upload Place(string filename, DateTimeOffset now)
    {
        lock (gate)
        {
            var upload = new Upload(dice.Uuid($"upload {uploads.Count + 1} {filename}"), filename, now);
            uploads[upload.Id] = upload;
            state.Append(StateLines.Upload(upload));
            return upload;
        }
    }

    public Upload? Find(string id)
    {
        lock (gate)
        {
            return uploads.GetValueOrDefault(id);
        }
    }

    /// <summary>Keeps what is known of an upload's bytes.</summary>
    public void Fill(Upload upload, string sha256, MediaFacts facts)
    {
        lock (gate)
        {
            var filled = upload with { Sha256 = sha256, Facts = facts };
            uploads[upload.Id] = filled;
            state.Append(StateLines.Upload(filled));
        }
    }

    /// <summary>Takes back a line of the state file.</summary>
    public void Recall(Upload upload)
    {
        lock (gate)
        {
            uploads[upload.Id] = upload;
        }
    }
}
