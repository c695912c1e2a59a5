using System.Globalization;

namespace BatchRunner.Benchmarks.Processes;

/// <summary>Batches of any size in a folder of their own, which is gone afterwards.</summary>
sealed class Sheets : IDisposable
{
    const string Manifest = """
        version: 1
        name: bench
        templates:
          calm: "{{ message.scene }} on {{ message.surface }}, {{ message.move }}, soft morning light, {{ brand.tone }}"
        variables:
          message: messages.csv
        constants:
          brand: { tone: calm and premium }
        request: { model: gen4.5, ratio: "1280:720", duration: 5 }
        limits: { max_jobs: 1000000LIMITS }

        """;

    /// <param name="rows">One job each.</param>
    /// <param name="limits">Further limits, each with a comma before it.</param>
    public Sheets(int rows, string limits = "")
    {
        File.WriteAllText(Path.Combine(Folder, "batch.yaml"), Manifest.Replace("LIMITS", limits, StringComparison.Ordinal));
        using var sheet = new StreamWriter(Path.Combine(Folder, "messages.csv")) { NewLine = "\n" };
        sheet.WriteLine("id,scene,surface,move,audience");
        for (var i = 0; i < rows; i++)
        {
            sheet.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"m{i:0000000},a ceramic mug number {i} beside an open book,washed linen,\"slow push-in, then hold\",commuters"));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("batchrunner-bench-").FullName;

    public string Batch => Path.Combine(Folder, "batch.yaml");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
