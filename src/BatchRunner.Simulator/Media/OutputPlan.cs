namespace BatchRunner.Simulator.Media;

/// <summary>The files a task makes.</summary>
/// <param name="Kind">`video`, `image` or `audio`.</param>
/// <param name="Extension">Such as `.mp4`.</param>
/// <param name="Width">Pixels; 0 for a sound.</param>
/// <param name="Height">Pixels; 0 for a sound.</param>
/// <param name="Seconds">Length; 0 for an image.</param>
/// <param name="Count">How many files.</param>
/// <param name="Title">The prompt's first words, for the picture.</param>
sealed record OutputPlan(string Kind, string Extension, int Width, int Height, decimal Seconds, int Count, string Title)
{
    /// <summary>The extension of the stills in a `.zip`.</summary>
    public string Stills { get; init; } = ".png";
}
