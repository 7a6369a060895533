using System.Net;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.EmailGraph.Wire;

/// <summary>Graph has answered a read with an error.</summary>
/// <param name="status">HTTP status.</param>
/// <param name="code">Graph's name of the error; empty where it gives none.</param>
/// <param name="retryAfter">How long it asks to wait.</param>
internal sealed class GraphRefusal(int status, string code, TimeSpan? retryAfter)
    : Exception($"the service answered {status} {(code.Length > 0 ? code : ((HttpStatusCode)status).ToString())}")
{
    public int Status => status;

    public string Code => code;

    /// <summary>True where the delta link is too old to be followed: Outlook says 410, and some of its servers 400.</summary>
    public bool IsLostSync => status == 410 || (status == 400 && (code.StartsWith("syncState", StringComparison.OrdinalIgnoreCase) || code.StartsWith("resync", StringComparison.OrdinalIgnoreCase)));

    /// <summary>What the host is told: an outage.</summary>
    public ServiceException AsOutage() => new(Message) { Status = status, RetryAfter = retryAfter };
}
