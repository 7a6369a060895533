using CxOrchestrator.Plugins.CrmDataverse.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Writing;

/// <summary>What an answer means for the write that asked for it.</summary>
internal static class Outcome
{
    /// <summary>The result; a write whose answer was lost is tried again with its key.</summary>
    public static WriteResult Of(ServiceAnswer answer, string id) => answer switch
    {
        // A write is answered with one of these; another success is some other server's.
        ServiceReply { Status: 201 or 204 } => WriteResult.Written(id),
        ServiceReply { IsSuccess: true } => WriteResult.Retry("the answer is not one that Dataverse gives"),
        ServiceReply reply => Fault.Of(reply).ToWrite(reply.RetryAfter),
        ServiceSilence silence => WriteResult.Retry(silence.Text),
        _ => throw new InvalidOperationException("There is no third kind of answer."),
    };

    /// <summary>The fault, where the answer is one.</summary>
    public static Fault? FaultIn(ServiceAnswer answer) => answer is ServiceReply { IsSuccess: false } reply ? Fault.Of(reply) : null;

    /// <summary>What a read that failed means for the writes that needed it.</summary>
    public static WriteResult Later(ServiceException failure) => WriteResult.Retry(failure.Message, failure.RetryAfter);
}
