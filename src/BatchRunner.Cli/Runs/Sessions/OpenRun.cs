using BatchRunner.Cli.Views;
using BatchRunner.Cli.World;
using BatchRunner.Journaling;

namespace BatchRunner.Cli.Runs.Sessions;

/// <summary>Locks a run's folder and opens its journal for writing, as every `run` does it.</summary>
static class OpenRun
{
    /// <summary>The open journal; or null, after saying why not, and the exit code for it.</summary>
    /// <param name="place">The folder.</param>
    /// <param name="name">The batch's name.</param>
    /// <param name="account">Where its tasks live, or null: simulated.</param>
    /// <param name="voice">Who is told.</param>
    /// <param name="outside">The world.</param>
    public static async Task<(JournalStore? Store, int Refusal)> Lock(
        RunPlace place, string name, Account? account, Voice voice, Surroundings outside)
    {
        var terms = new JournalTerms(name, SavedPlans.Against(account), Release.Version, EmergencyPlace.Of(outside));
        var opened = await Journal.Open(place.Folder, terms, outside.Disk, outside.Time);
        if (opened is not OpenAnswer.Opened(var store, var notes))
        {
            var refused = (OpenAnswer.Refused)opened;
            return (null, voice.Refuse(refused.Problem, ExitCode.Of(refused.Trouble)));
        }

        voice.Write(notes);
        return (store, ExitCode.Done);
    }
}
