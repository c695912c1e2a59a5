using BatchRunner.Simulator.Control;
using BatchRunner.Simulator.Outputs;
using BatchRunner.Simulator.Uploads;
using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Api;

/// <summary>Sends each request to who serves it, and notes it.</summary>
sealed class FrontDesk(RunwayApi api, OutputsApi outputs, StorageApi storage, ControlApi control, RequestLog log)
{
    public async Task Serve(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/_simulator", StringComparison.Ordinal))
        {
            await control.Serve(context);
            return;
        }

        try
        {
            await (path.Split('/') switch
            {
                ["", "v1", ..] => api.Serve(context),
                ["", "outputs", _] => outputs.Serve(context),
                ["", "storage", "ephemeral"] => storage.Serve(context),
                _ => Exchange.Write(context, Answer.NoRoute),
            });
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left: that is its right.
        }
        finally
        {
            log.Add(context);
        }
    }
}
