using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Tests;

/// <summary>Calls as the engine makes them.</summary>
internal static class Calls
{
    public static Task<CallResult<SendResult>> SendSmsAsync(
        this IConnections connections, string connection, string to = "+66812345678", CancellationToken cancellation = default) =>
        connections.CallAsync<ISmsSender, SendResult>(
            connection, CallKind.Send, (sender, token) => sender.SendAsync(new SmsMessage("key-1", to, "hello"), token), cancellation);

    /// <summary>The receipt of a message that was taken.</summary>
    public static string? Receipt(this CallResult<SendResult> result) =>
        Assert.IsType<SendAccepted>(Assert.IsType<CallResult<SendResult>.Answered>(result).Value).ProviderId;

    public static string FailedBecause<T>(this CallResult<T> result) => Assert.IsType<CallResult<T>.Failed>(result).Reason;

    public static string NotCalledBecause<T>(this CallResult<T> result) => Assert.IsType<CallResult<T>.NotCalled>(result).Reason;
}
