using CxOrchestrator.Core.Connections;
using CxOrchestrator.Engine.Running;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>What the one call of a hand-over came to.</summary>
/// <param name="Result">The answer.</param>
/// <param name="HonoursKey">Whether the service refuses a second message with the same key.</param>
/// <param name="Called">False where the connector was certainly not called.</param>
internal sealed record SendAnswer(SendResult Result, bool HonoursKey, bool Called);

/// <summary>Hands one message to its connection, once, under the guard. Never throws: whatever happens after the hand-over is an answer.</summary>
internal sealed class SendCall(IConnections connections, EngineNode node)
{
    private static readonly TimeSpan AfterLease = TimeSpan.FromSeconds(1);

    public async Task<SendAnswer> CallAsync(ReadyDelivery ready)
    {
        // Cut off from the store, or held up for long: others may take the row for lost in a moment, and whoever settles it must not be wrong.
        if (!node.Life.Holds)
            return new SendAnswer(SendResult.Deferred("the node's lease was nearly over, so nothing was sent", AfterLease), HonoursKey: false, Called: false);
        var honoursKey = false;
        try
        {
            var result = ready.Message.Email is { } email
                ? await connections.CallAsync<IEmailSender, SendResult>(ready.Go.Connection, CallKind.Send, EmailAsync, CancellationToken.None)
                : await connections.CallAsync<ISmsSender, SendResult>(ready.Go.Connection, CallKind.Send, SmsAsync, CancellationToken.None);
            return result switch
            {
                CallResult<SendResult>.Answered answered => new SendAnswer(answered.Value, honoursKey, Called: true),
                CallResult<SendResult>.NotCalled not => new SendAnswer(SendResult.Deferred(not.Reason, not.RetryAfter), honoursKey, Called: false),
                CallResult<SendResult>.Failed failed => new SendAnswer(SendResult.Unknown(failed.Reason), honoursKey, Called: true),
                _ => new SendAnswer(SendResult.Unknown("the guard gave no answer"), honoursKey, Called: true),
            };

            Task<SendResult> EmailAsync(IEmailSender sender, CancellationToken cancellation)
            {
                honoursKey = sender.HonoursKey;
                return sender.SendAsync(email, cancellation);
            }
        }
        catch (Exception error)
        {
            // The guard turns what a connector throws into a result; this is the guard's own trouble, and the message may have left.
            return new SendAnswer(SendResult.Unknown($"the call ended with {error.GetType().Name}"), honoursKey, Called: true);
        }

        Task<SendResult> SmsAsync(ISmsSender sender, CancellationToken cancellation)
        {
            honoursKey = sender.HonoursKey;
            return sender.SendAsync(ready.Message.Sms!, cancellation);
        }
    }
}
