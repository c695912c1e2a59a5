using System.Text.Json.Nodes;
using BatchRunner.Simulator.Accounts;
using BatchRunner.Simulator.Api;

namespace BatchRunner.Simulator.Uploads;

/// <summary>`/v1/uploads`: a place for a file, and the form that fills it.</summary>
sealed class UploadsApi(Account account, UploadForm form, Func<Uri> baseAddress)
{
    static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".webp", ".mp4", ".mov", ".mkv", ".webm", ".3gp", ".ogv", ".mp3", ".wav", ".flac", ".m4a",
        ".aac",
    };

    public Answer Create(JsonObject? body)
    {
        if (body is null)
        {
            return Answer.Refuse(400, "Invalid JSON in request body");
        }

        var issues = Check(body).ToList();
        if (issues.Count > 0)
        {
            return Answer.Rejected(issues);
        }

        var upload = account.Uploads.Place(Text(body, "filename") ?? "", account.Clock.Now);
        return Answer.Ok(new JsonObject
        {
            ["uploadUrl"] = new Uri(baseAddress(), "/storage/ephemeral").ToString(),
            ["fields"] = form.Fields(upload),
            ["runwayUri"] = upload.Uri,
        });
    }

    static IEnumerable<Issue> Check(JsonObject body)
    {
        var filename = Text(body, "filename");
        if (filename is null)
        {
            yield return new Issue("invalid_type", "filename", "Invalid input: expected string");
        }
        else if (filename.Length is < 3 or > 255)
        {
            yield return new Issue(
                filename.Length < 3 ? "too_small" : "too_big", "filename", "Expected string to have 3 to 255 characters");
        }
        else if (!Extensions.Contains(Path.GetExtension(filename)))
        {
            yield return new Issue("custom", "filename", "Filename must have a supported media extension");
        }

        if (Text(body, "type") != "ephemeral")
        {
            yield return new Issue("invalid_value", "type", "Invalid input: expected \"ephemeral\"");
        }
    }

    static string? Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
