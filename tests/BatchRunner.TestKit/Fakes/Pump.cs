namespace BatchRunner.TestKit.Fakes;

/// <summary>Moves a manual clock while something waits on it.</summary>
static class Pump
{
    /// <summary>
    /// Moves the clock from timer to timer until the task ends. Work that is under way may see time pass; nothing in the
    /// engine may depend on how fast its own steps are.
    /// </summary>
    public static async Task<T> RunUntilEnd<T>(this ManualClock clock, Task<T> task)
    {
        var idle = 0;
        while (!task.IsCompleted)
        {
            await Task.Yield();
            if (++idle % 20 == 0 && clock.Next is { } next)
            {
                var wait = next - clock.GetUtcNow();
                clock.Advance(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            }
        }

        return await task;
    }
}
