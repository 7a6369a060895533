using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Crm;

/// <summary>Reads one record that may not be there.</summary>
internal static class Found
{
    private const int NotThere = 404;

    public static async Task<T?> Async<T>(
        ServiceCalls calls, Operation operation, Dictionary<string, object?> model, Func<Dictionary<string, object?>, T?> read, CancellationToken cancellation)
        where T : class
    {
        var answer = await calls.SendAsync(operation, model, cancellation);
        if (answer is ServiceReply asked && operation.Missing is { } missing && missing.Holds(ServiceCalls.Model(asked, model)))
            return null;
        var reply = answer.Reply(also: NotThere);
        if (reply.Status == NotThere)
            return null;
        _ = reply.Json();
        var replied = ServiceCalls.Model(reply, model);
        replied["item"] = operation.Items is null ? replied["body"] : operation.Items.Of(replied);
        return replied["item"] is null ? null : read(replied);
    }
}
