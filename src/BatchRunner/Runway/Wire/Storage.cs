namespace BatchRunner.Runway.Wire;

/// <summary>What became of sending a file to an object store.</summary>
abstract record StorageAnswer
{
    public sealed record Stored(string Sha256) : StorageAnswer;

    public sealed record Failed(string Reason) : StorageAnswer;
}

/// <summary>Sends files to wherever the API says. Another machine than the API's: it never sees the key.</summary>
sealed class Storage(RunwayOptions options, TimeProvider clock) : IDisposable
{
    readonly HttpMessageInvoker line = new(Connections.To(options));

    public async Task<StorageAnswer> Store(Uri place, FileForm form, CancellationToken cancel)
    {
        if (place.Scheme != Uri.UriSchemeHttps
            && !(ApiAddress.IsLoopback(place) && ApiAddress.IsLoopback(options.BaseAddress)))
        {
            return new StorageAnswer.Failed("the place to upload to is not https");
        }

        using var limit = new CancellationTokenSource(options.UploadTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, place) { Content = form };
        try
        {
            using var response = await line.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode && form.Sha256 is { } sha256
                ? new StorageAnswer.Stored(sha256)
                : new StorageAnswer.Failed($"the store answered {(int)response.StatusCode}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new StorageAnswer.Failed(limit.IsCancellationRequested
                ? $"not stored within {Words.Of(options.UploadTimeout)}"
                : "no connection to the store");
        }
        catch (HttpRequestException error)
        {
            return new StorageAnswer.Failed($"store: {Breakage.Describe(error)}");
        }
    }

    public void Dispose() => line.Dispose();
}
