using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Core.Nodes;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Events;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Health;

/// <summary>
/// <c>GET /health</c>: 200 where the store answers, else 503. A connection that fails is told to people with a role and makes nobody restart us: what is
/// owed waits.
/// </summary>
internal sealed class HealthEndpoint(IMarkStore marks, INodeStore nodes, IConnections connections, Visitors visitors, Clocks clocks, ILogger<HealthEndpoint> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The state, with details for people with a role alone.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, CancellationToken cancellation)
    {
        var storeAnswers = await StoreAnswersAsync(cancellation);
        var status = storeAnswers ? "healthy" : "unhealthy";
        var code = storeAnswers ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        if (visitors.Of(http) is null)
            return Results.Json(new { status }, ApiJson.Options, statusCode: code);
        return Results.Json(
            new
            {
                status,
                store = storeAnswers ? "answers" : "does not answer",
                nodes = storeAnswers ? await NodesAsync(cancellation) : null,
                connections = connections.Connections.Select(one => new { one.Name, one.Report.State, one.Report.Reason, one.Report.WhatToDo }),
            },
            ApiJson.Options, statusCode: code);
    }

    // A node that is gone is for `cxo nodes` and doctor: it makes nobody restart this one.
    private async Task<IEnumerable<object>> NodesAsync(CancellationToken cancellation)
    {
        var (now, all) = await nodes.ListAsync(cancellation);
        return all.Where(one => one.LivesAt(now) || one.Holds.Count > 0).Select(one => new
        {
            one.Node.Name, one.Node.Version, one.State, lives = one.LivesAt(now), heardSecondsAgo = Math.Round((now - one.HeardAt).TotalSeconds, 1), one.Holds,
        });
    }

    private async Task<bool> StoreAnswersAsync(CancellationToken cancellation)
    {
        try
        {
            await marks.ReadAsync("health", cancellation).WaitAsync(Patience, clocks.Machine, cancellation);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            log.LogError(exception, "The store does not answer");
            return false;
        }
    }
}
