using System.Globalization;
using BatchRunner.Cli.Text;
using BatchRunner.Scheduling;
using Spectre.Console;

namespace BatchRunner.Cli.Views.Runs.Live;

/// <summary>
/// Draws a run: a bar per phase, counts by state, money, the last events. A pure function of the scene and the room there
/// is; every colour says again what a word says.
/// </summary>
sealed class LivePicture(int width, int height, bool hasUnicode)
{
    const int LabelCells = 10;
    const int LeastBar = 6;
    const int WidestBar = 60;
    const string Margin = " ";

    static readonly Style Good = new(Color.Green);
    static readonly Style Bad = new(Color.Red);
    static readonly Style Under = new(Color.Aqua);
    static readonly Style Quiet = new(Color.Grey);
    static readonly Style Strong = new(decoration: Decoration.Bold);

    /// <summary>The lines, each narrower than the screen and fewer than it has: what does not fit is left out from the end.</summary>
    public IReadOnlyList<InkLine> Lines(LiveScene scene)
    {
        var room = Math.Max(1, width - 1);
        List<InkLine> lines = [Head(scene, room), .. Bars(scene.Summary, room), .. InkLine.Flow(room, new Ink(Margin), Counts(scene.Summary))];
        lines.AddRange(InkLine.Flow(room, new Ink(Margin), Money(scene.Summary)));
        var most = Math.Max(1, height - 1);
        var events = scene.Events.TakeLast(Math.Max(0, most - lines.Count)).ToList();
        var names = events.Count == 0 ? 0 : Math.Min(events.Max(each => DisplayWidth.Of(SafeText.Line(each.Job))), Math.Max(8, room / 3));
        lines.AddRange(events.Select(each => Event(each, names, room)));
        return [.. lines.Take(most)];
    }

    static InkLine Head(LiveScene scene, int room) => InkLine.Cut(
        room,
        new Ink(Margin + SafeText.Line(scene.Name), Strong),
        new Ink($"  {Figures.Time(scene.Elapsed)}" + (scene.Left is { } left ? $", about {Figures.Time(left)} left" : "")));

    IEnumerable<InkLine> Bars(RunSummary now, int room)
    {
        var ended = now.Downloading + now.Done;
        var lost = now.Failed + now.Cancelled + now.Screened;
        var submitted = now.Total - now.Planned - now.Screened;
        yield return Bar("submit", room, now.Total, submitted, [(submitted, Under), (now.Screened, Bad)]);
        yield return Bar(
            "generate", room, now.Total, ended, [(ended, Good), (lost, Bad), (now.Running * (decimal)(now.MeanProgress ?? 0), Under)]);
        yield return Bar("download", room, now.Total, now.Done, [(now.Done, Good)]);
        if (now.MaxCredits is > 0 and var cap)
        {
            yield return Bar("credits", room, cap, now.Spent + now.Reserved, [(now.Spent, Good), (now.Reserved, Under)]);
        }
    }

    InkLine Bar(string label, int room, decimal total, decimal reached, (decimal Part, Style Style)[] parts)
    {
        var count = $"{Figures.Number(reached)} of {Figures.Number(total)}";
        var cells = Math.Min(WidestBar, room - Margin.Length - LabelCells - count.Length - 2);
        List<Ink> pieces = [new Ink(Margin + label.PadRight(LabelCells))];
        if (cells >= LeastBar)
        {
            var drawn = 0;
            var sum = 0m;
            foreach (var (part, style) in parts)
            {
                // Rounded down together, so that a bar is full only when everything is.
                sum += part;
                var until = total > 0 ? (int)Math.Clamp(Math.Floor(cells * sum / total), drawn, cells) : drawn;
                pieces.Add(new Ink(new string(hasUnicode ? '━' : '#', until - drawn), style));
                drawn = until;
            }

            pieces.Add(new Ink(new string(hasUnicode ? '╌' : '.', cells - drawn), Quiet));
            pieces.Add(new Ink("  "));
        }

        return InkLine.Cut(room, [.. pieces, new Ink(count)]);
    }

    static IEnumerable<Ink> Counts(RunSummary now)
    {
        foreach (var (count, word, style) in new[]
        {
            (now.Planned, "queued here", Quiet),
            (now.Queued, "queued at Runway", Quiet),
            (now.Running, "running" + Progress(now), Under),
            (now.Downloading, "downloading", Under),
            (now.Done, "done", Good),
            (now.Failed, "failed", Bad),
            (now.Unknown, "unknown", Bad),
            (now.Cancelled, "cancelled", Bad),
            (now.Screened, "screened", Bad),
        })
        {
            if (count > 0)
            {
                yield return new Ink($"{Figures.Number(count)} {word}", style);
            }
        }
    }

    static IEnumerable<Ink> Money(RunSummary now)
    {
        yield return new Ink($"{Figures.Credits(now.Spent)} spent");
        yield return new Ink($"{Figures.Number(now.Reserved)} reserved");
        yield return now.MaxCredits is { } cap
            ? new Ink($"{Figures.Number(Math.Max(0, cap - now.Spent - now.Reserved))} left of {Figures.Number(cap)}")
            : new Ink("no cap");
    }

    static InkLine Event(LiveEvent what, int names, int room) => InkLine.Cut(
        room,
        new Ink($"{Figures.Time(what.At),7}  ", Quiet),
        new Ink(DisplayWidth.Pad(DisplayWidth.Cut(SafeText.Line(what.Job), names), names) + "  "),
        new Ink($"{NewsWords.Of(what.Kind),-9} ", what.Kind switch
        {
            JobNewsKind.Done => Good,
            JobNewsKind.Failed or JobNewsKind.Unknown or JobNewsKind.Cancelled => Bad,
            _ => Quiet,
        }),
        new Ink(SafeText.Line(what.Text)));

    static string Progress(RunSummary now) => now.MeanProgress is { } mean
        ? string.Create(CultureInfo.InvariantCulture, $" ({mean * 100:0} %)")
        : "";
}
