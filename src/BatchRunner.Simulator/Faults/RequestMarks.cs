using Microsoft.AspNetCore.Http;

namespace BatchRunner.Simulator.Faults;

/// <summary>What the request log wants to know of a request.</summary>
static class RequestMarks
{
    public static void Struck(HttpContext context, Fault fault) => context.Items[nameof(Struck)] = fault;

    public static void Hashed(HttpContext context, string hash) => context.Items[nameof(Hashed)] = hash;

    public static Fault? FaultOf(HttpContext context) => context.Items[nameof(Struck)] as Fault;

    public static string? HashOf(HttpContext context) => context.Items[nameof(Hashed)] as string;
}
