using System.Buffers;
using System.Text.Json;
using BatchRunner.Runway.Reading;
using BatchRunner.Runway.Wire;

namespace BatchRunner.Runway;

/// <summary>Uploads a file: a placeholder from the API, then the bytes to the store it names.</summary>
sealed class Uploads(
    Func<ReadOnlyMemory<byte>, CancellationToken, Task<Exchange>> askPlaceholder,
    Storage storage,
    ServerWords words)
{
    const int Tries = 3;

    public async Task<UploadAnswer> Upload(string fullPath, string contentType, CancellationToken cancel)
    {
        var name = $"input{MediaNames.ExtensionOf(contentType) ?? Path.GetExtension(fullPath)}";
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                // A placeholder takes one file once: after trouble with the store a new one is asked for.
                var (answer, isOfStore) = await UploadOnce(fullPath, name, contentType, cancel);
                if (!isOfStore || attempt == Tries)
                {
                    return answer;
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Only opening the file can throw here: what the network does is an answer already.
            return new UploadAnswer.Failed($"`{Path.GetFileName(fullPath)}` can't be read", IsTransient: false);
        }
    }

    async Task<(UploadAnswer Answer, bool IsTroubleOfStore)> UploadOnce(
        string fullPath,
        string name,
        string contentType,
        CancellationToken cancel)
    {
        var exchange = await askPlaceholder(Request(name), cancel);
        if (exchange is not Exchange.Answered { Status: >= 200 and < 300 } answered)
        {
            return (RefusalOf(exchange), false);
        }

        var placeholder = LooseJson.Object(answered.Body);
        if (placeholder.Member("runwayUri").Text() is not { Length: > 0 and <= 5000 } runwayUri
            || !Uri.TryCreate(placeholder.Member("uploadUrl").Text(), UriKind.Absolute, out var place))
        {
            return (new UploadAnswer.Failed("Runway named no place to upload to", IsTransient: true), false);
        }

        var fields = placeholder.Member("fields").Members()
            .Select(field => (field.Name, field.Value.Text() ?? ""));
        using var form = new FileForm(fields, fullPath, name, contentType);
        return await storage.Store(place, form, cancel) switch
        {
            StorageAnswer.Stored stored => (new UploadAnswer.Uploaded(runwayUri, stored.Sha256), false),
            StorageAnswer.Failed failed => (new UploadAnswer.Failed(failed.Reason, IsTransient: true), true),
            _ => throw new NotSupportedException("a store has no other answer"),
        };
    }

    UploadAnswer RefusalOf(Exchange exchange) => exchange switch
    {
        Exchange.Answered { Status: 401 or 403 } refused => new UploadAnswer.KeyRefused(Error(refused)),
        Exchange.Answered refused => new UploadAnswer.Failed(Error(refused), refused.Status is 408 or 429 or >= 500),
        _ => new UploadAnswer.Failed(TaskReading.ReasonOf(exchange), IsTransient: true),
    };

    static ReadOnlyMemory<byte> Request(string name)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("filename", name);
            json.WriteString("type", "ephemeral");
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    string Error(Exchange.Answered answered) => words.ErrorOf(answered.Status, answered.Body);
}
