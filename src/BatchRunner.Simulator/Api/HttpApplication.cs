using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace BatchRunner.Simulator.Api;

/// <summary>Hands Kestrel's requests to one function: no container, no configuration, no console.</summary>
sealed class HttpApplication(Func<HttpContext, Task> serve) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => serve(context);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
        // Nothing is kept of a request.
    }
}
