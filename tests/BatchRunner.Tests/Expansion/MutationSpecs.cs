using System.Diagnostics;
using System.Globalization;
using System.Text;
using BatchRunner.Diagnostics;
using BatchRunner.TestKit;
using BatchRunner.Tests.Expansion.Support;

namespace BatchRunner.Tests.Expansion;

/// <summary>
/// Whatever bytes a sheet or a manifest has, it becomes a plan or a mistake with a place. BATCHRUNNER_MUTATIONS sets how
/// many are tried (2,000 by default), BATCHRUNNER_SEED which.
/// </summary>
public sealed class MutationSpecs
{
    static readonly string[] Words =
    [
        ",", ";", "\t", "|", "\"", "\"\"", "\r\n", "\r", "\n", "\0", "\uFEFF", "{{", "}}", "{{ row.scene }}", "#N/A", "4.01235E+12", "16:09:00",
        "=1+1", "'@x", "../", "id", "é", "e\u0301", "\uD83D\uDE00", "sep=;", " ", "\u00A0", "null", "true", "~", "[", "]", "{", "}", ":", "row.",
        "?? 5", "&&", "==", "!=", "where", "takes", "99999999999999999999", "-1", "1.5", "https://a.b/c?sig=1", "runway://x", "-", "#", "\\", "'",
    ];

    const string Sheet = "id,scene,seconds,look,img\nr1,\"a lamp, lit\",5,warm,assets/hero.png\nr2,a door,6,,assets/hero.png\nr3,\"a \"\"red\"\" chair\",,cold,\n";

    const string Batch = """
        version: 1
        name: t
        templates: { calm: "{{ row.scene }}, {{ row.look ?? 'plain' }}", bold: { text: "{{ row.scene }}!", request: { seed: 7 } } }
        variables: { row: { file: r.csv, id: "{{ row.id }}" }, format: [ { id: wide, ratio: "1280:720" }, { id: tall, ratio: "720:1280" } ] }
        constants: { tone: { calm: soft, bold: hard } }
        matrix: { where: "row.seconds != 'x' && format.id != row.id", exclude: [ { template: bold, format: [ tall ] } ] }
        image: "{{ row.img ?? 'assets/hero.png' }}"
        request: { model: gen4_turbo, ratio: "{{ format.ratio }}", duration: "{{ row.seconds ?? 5 }}" }
        takes: "{{ row.takes_ ?? 1 }}"
        output: "{{ template }}/{{ row.id }}-{{ format.id }}"
        """;

    [Fact]
    public void Mutated_sheets_and_manifests_become_plans_or_mistakes_with_a_place()
    {
        var count = Setting("BATCHRUNNER_MUTATIONS", 2_000);
        var seed = Setting("BATCHRUNNER_SEED", 1);
        using var folder = new TempFolder();
        Picture.WriteTo(folder, "assets/hero.png");
        var batch = Encoding.UTF8.GetBytes(Batch.Replace("row.takes_", "row.look", StringComparison.Ordinal).Replace("?? 1", "== 'cold' ? 2 : 1", StringComparison.Ordinal));
        var sheet = Encoding.UTF8.GetBytes(Sheet);
        var plans = 0;
        for (var i = 0; i < count; i++)
        {
#pragma warning disable CA5394
            var chance = new Random(seed + i);
#pragma warning restore CA5394
            var isSheet = i % 3 != 0;
            File.WriteAllBytes(folder["r.csv"], isSheet ? Mutated(sheet, chance) : sheet);
            File.WriteAllBytes(folder["batch.yaml"], isSheet ? batch : Mutated(batch, chance));
            var watch = Stopwatch.StartNew();

            var expanded = Expanded.Of(folder["batch.yaml"]);

            var name = $"seed {seed + i}";
            plans += expanded.Batch is null ? 0 : 1;
            Assert.True(expanded.Batch is not null || expanded.Problems.Any(problem => problem.Severity == Severity.Error), $"{name}: nothing was told");
            Assert.All(expanded.Problems, problem => Assert.True(problem.Place is { Line: > 0, Column: > 0, Length: > 0 }, $"{name}: {problem}"));
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{name} took {watch.Elapsed}");
        }

        Assert.InRange(plans, count / 50, count - 1);
    }
}
