using System.Globalization;
using BatchRunner.Catalogue;
using BatchRunner.Cli.Text;

namespace BatchRunner.Cli.Views;

/// <summary>Lays out what the catalogue says of itself: a line per model and endpoint, or one model in full.</summary>
sealed class ModelsView(Voice voice)
{
    const string MarkWords = "(3p) is somebody else's statement, (infer) our reading; the rest is official";

    /// <summary>Every model.</summary>
    public void Write(ModelCatalogue catalogue)
    {
        var rows = ModelDescription.Rows(catalogue);
        if (voice.IsJson)
        {
            WriteJson(rows);
            return;
        }

        var table = new Table("model", "endpoint", "?makes", "~credits", "~seconds", "?ratios");
        foreach (var row in rows)
        {
            // The heading says already what the number is of.
            var seconds = row.Duration?.Replace("whole number, ", "", StringComparison.Ordinal) ?? "";
            var gone = row.Retired is { } retired ? $"({Words(retired)}) " : "";
            table.Add(row.Model, row.Endpoint, row.Makes, Marked(row.Price, row.PriceMark), seconds, gone + row.Ratio);
        }

        foreach (var line in table.Lines(voice.AnswerWidth))
        {
            voice.Answer(line);
        }

        voice.Say($"as of {Day(catalogue.Date)}, from {SafeText.Line(catalogue.Source)}");
        voice.Say($"a credit is $0.01; {MarkWords}; `batchrunner models NAME` has the fields");
    }

    /// <summary>One model.</summary>
    public void Write(Model model)
    {
        if (voice.IsJson)
        {
            WriteJson(ModelDescription.Rows(model));
        }

        foreach (var sheet in ModelDescription.Sheets(model))
        {
            if (voice.IsJson)
            {
                WriteJson(model, sheet);
            }
            else
            {
                Write(model, sheet);
            }
        }

        if (model.Retired is { } retired)
        {
            voice.Say($"`{SafeText.Line(model.Name)}` was {SafeText.Line(Words(retired))}");
        }
    }

    void Write(Model model, VariantSheet sheet)
    {
        Line(Marked($"{model.Name} on {sheet.Endpoint}, makes {sheet.Makes} ({sheet.Extension})", sheet.Mark));
        foreach (var rate in sheet.Price)
        {
            Line(Marked($"  credits: {rate}", sheet.PriceMark));
        }

        var table = new Table("  field", "?", "~default", "takes");
        foreach (var field in sheet.Fields)
        {
            var takes = Marked(field.Takes, field.Mark) + (field.Note is { } note ? $"; {note}" : "");
            table.Add("  " + field.Path, field.IsRequired ? "required" : "", field.Usual ?? "", takes);
        }

        foreach (var line in table.Lines(voice.AnswerWidth))
        {
            voice.Answer(line);
        }

        foreach (var rule in sheet.Rules)
        {
            Line($"  {rule}");
        }

        if (sheet.RefusesUnknownFields)
        {
            Line("  any other field is refused");
        }

        if (sheet.Note is { } more)
        {
            Line($"  {more}");
        }

        voice.Answer("");
    }

    void Line(string text) => voice.Answer(SafeText.Line(text), 4);

    void WriteJson(IEnumerable<ModelRow> rows)
    {
        foreach (var row in rows)
        {
            voice.Answer(JsonLine.Of("model", json =>
            {
                json.WriteString("model", row.Model);
                json.WriteString("endpoint", row.Endpoint);
                json.WriteString("makes", row.Makes);
                json.WriteString("credits", row.Price);
                json.WriteString("mark", row.PriceMark);
                json.WriteString("duration", row.Duration);
                json.WriteString("ratio", row.Ratio);
                json.WriteString("retired", row.Retired is { } retired ? Day(retired.Date) : null);
                json.WriteString("use", row.Retired?.UseInstead);
            }));
        }
    }

    void WriteJson(Model model, VariantSheet sheet)
    {
        foreach (var field in sheet.Fields)
        {
            voice.Answer(JsonLine.Of("field", json =>
            {
                json.WriteString("model", model.Name);
                json.WriteString("endpoint", sheet.Endpoint);
                json.WriteString("field", field.Path);
                json.WriteBoolean("required", field.IsRequired);
                json.WriteString("takes", field.Takes);
                json.WriteString("default", field.Usual);
                json.WriteString("mark", field.Mark);
            }));
        }
    }

    static string Marked(string text, string? mark) => mark is null ? text : $"{text} ({mark})";

    static string Words(Retirement retired) =>
        $"retired on {Day(retired.Date)}" + (retired.UseInstead is { } other ? $": use {other}" : "");

    static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
