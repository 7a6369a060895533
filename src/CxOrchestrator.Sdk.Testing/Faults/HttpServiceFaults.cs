using CxOrchestrator.Sdk.Testing.Http;

namespace CxOrchestrator.Sdk.Testing.Faults;

/// <summary>Faults of a service that is stood in for by a <see cref="ScriptedHttpServer"/>.</summary>
public sealed class HttpServiceFaults(ScriptedHttpServer server) : IServiceFaults
{
    private int _metBefore;

    /// <inheritdoc/>
    public TimeSpan? Wait { get; init; } = TimeSpan.FromSeconds(17);

    /// <summary>Which requests can meet a fault. Default: all. Leave out those that only fetch a token: they are not the call.</summary>
    public Func<RecordedRequest, bool> Where { get; init; } = static _ => true;

    /// <summary>The service's own way to say a fault, such as its error body or another status; what is not here is said in the plain way of HTTP.</summary>
    public IReadOnlyDictionary<ServiceFault, HttpFault> Own { get; init; } = new Dictionary<ServiceFault, HttpFault>();

    /// <inheritdoc/>
    public void Begin(ServiceFault fault, int passing = 0)
    {
        _metBefore = server.FaultsMet;
        server.Fault = (Own.GetValueOrDefault(fault) ?? Plain(fault)).Where(Where).After(passing);
    }

    /// <inheritdoc/>
    public bool End()
    {
        server.Fault = null;
        return server.FaultsMet > _metBefore;
    }

    /// <inheritdoc/>
    public Task MetAsync() => server.FaultMetAsync(_metBefore + 1);

    private HttpFault Plain(ServiceFault fault) => fault switch
    {
        ServiceFault.Throttled => HttpFault.Status(429, Wait, """{"error":"too many requests"}"""),
        ServiceFault.Refused => HttpFault.Status(400, body: """{"error":"bad request"}"""),
        ServiceFault.Unauthorised => HttpFault.Status(401, body: """{"error":"unauthorized"}"""),
        ServiceFault.Forbidden => HttpFault.Status(403, body: """{"error":"forbidden"}"""),
        ServiceFault.Failing => HttpFault.Status(503, body: """{"error":"unavailable"}"""),
        ServiceFault.CutBeforeBody => HttpFault.CutBeforeBody,
        ServiceFault.CutAfterBody => HttpFault.CutAfterBody,
        ServiceFault.CutInAnswer => HttpFault.CutInAnswer,
        ServiceFault.Garbage => HttpFault.Garbage,
        ServiceFault.WrongPage => HttpFault.HtmlPage,
        ServiceFault.Silent => HttpFault.Hang,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}
