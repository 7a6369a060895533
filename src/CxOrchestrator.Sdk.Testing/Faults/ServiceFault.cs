namespace CxOrchestrator.Sdk.Testing.Faults;

/// <summary>What can go wrong on a service's side, whatever protocol it speaks.</summary>
public enum ServiceFault
{
    /// <summary>It asks to slow down (HTTP 429), and has not taken the request.</summary>
    Throttled,

    /// <summary>It refuses this request for good (HTTP 4xx).</summary>
    Refused,

    /// <summary>It doesn't know our credentials (HTTP 401).</summary>
    Unauthorised,

    /// <summary>It knows them and doesn't let us (HTTP 403).</summary>
    Forbidden,

    /// <summary>It is broken (HTTP 5xx).</summary>
    Failing,

    /// <summary>The connection ends before the content was taken.</summary>
    CutBeforeBody,

    /// <summary>The service has done what was asked, and the connection ends before it says so.</summary>
    CutAfterBody,

    /// <summary>The service has done what was asked, and the connection ends in the middle of the answer.</summary>
    CutInAnswer,

    /// <summary>The service has done what was asked, and its answer is not of the protocol.</summary>
    Garbage,

    /// <summary>Something else than the service answers, as a captive portal does: well formed, positive, and senseless.</summary>
    WrongPage,

    /// <summary>The service has done what was asked, and never answers.</summary>
    Silent,
}
