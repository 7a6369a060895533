namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>How a <see cref="ScriptedHttpServer"/> misbehaves. A fault lasts until it is taken away, or for as many requests as <see cref="For"/> says.</summary>
public sealed record HttpFault
{
    private HttpFault(HttpFaultKind kind) => Kind = kind;

    /// <summary>
    /// The connection is closed before the request's body is read, and the script does not see it: the service has not taken it, but the client
    /// can't know. Recorded without its body.
    /// </summary>
    public static HttpFault CutBeforeBody { get; } = new(HttpFaultKind.CutBeforeBody);

    /// <summary>The script has done its work, and the connection is cut before a byte of the answer.</summary>
    public static HttpFault CutAfterBody { get; } = new(HttpFaultKind.CutAfterBody);

    /// <summary>The script has done its work; the answer's status and headers come, and half its body.</summary>
    public static HttpFault CutInAnswer { get; } = new(HttpFaultKind.CutInAnswer);

    /// <summary>The script has done its work, and no answer comes until the client gives up.</summary>
    public static HttpFault Hang { get; } = new(HttpFaultKind.Hang);

    /// <summary>The script has done its work, and what comes back is not HTTP.</summary>
    public static HttpFault Garbage { get; } = new(HttpFaultKind.Garbage);

    /// <summary>The script has done its work, and what comes back is a page of HTML with status 200, as from a captive portal.</summary>
    public static HttpFault HtmlPage { get; } = new(HttpFaultKind.HtmlPage);

    internal HttpFaultKind Kind { get; }

    internal ScriptedReply? Reply { get; private init; }

    internal int Times { get; private init; } = int.MaxValue;

    internal int Passing { get; private init; }

    internal Func<RecordedRequest, bool> Applies { get; private init; } = static _ => true;

    /// <summary>A status instead of what the script would answer; the script is not asked.</summary>
    /// <param name="code">HTTP status.</param>
    /// <param name="retryAfter">What <c>Retry-After</c> says, in whole seconds; null leaves it out.</param>
    /// <param name="body">The body, as JSON text; null leaves it empty.</param>
    public static HttpFault Status(int code, TimeSpan? retryAfter = null, string? body = null)
    {
        var reply = body is null ? ScriptedReply.Empty(code) : ScriptedReply.JsonText(body, code);
        return Answer(retryAfter is { } wait ? reply.With("Retry-After", FormattableString.Invariant($"{(long)wait.TotalSeconds}")) : reply);
    }

    /// <summary>A whole reply instead of what the script would answer; the script is not asked.</summary>
    public static HttpFault Answer(ScriptedReply reply) => new(HttpFaultKind.Status) { Reply = reply };

    /// <summary>The same for the next requests only.</summary>
    public HttpFault For(int requests) => this with { Times = requests };

    /// <summary>The same after so many requests that pass as usual.</summary>
    public HttpFault After(int requests) => this with { Passing = requests };

    /// <summary>The same for some requests only, by method, target and headers (the body is not there yet); others pass, and don't count.</summary>
    public HttpFault Where(Func<RecordedRequest, bool> applies) => this with { Applies = applies };
}

internal enum HttpFaultKind
{
    Status,
    CutBeforeBody,
    CutAfterBody,
    CutInAnswer,
    Hang,
    Garbage,
    HtmlPage,
}
