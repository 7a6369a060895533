using CxOrchestrator.Core;
using CxOrchestrator.Core.Connections;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>
/// Knows which connections refuse a second message with the same key. What one has said is kept in the store, because the question comes up when a
/// connection may be out of reach; one that never said so is taken as not: rather a row for a person than a message twice.
/// </summary>
internal sealed class HonouredKeys(IConnections connections, IMarkStore marks)
{
    private const string Yes = "yes";
    private const string No = "no";

    /// <summary>The names of those that do, by every kind of message that they send.</summary>
    public async Task<IReadOnlySet<string>> NamesAsync(CancellationToken cancellation)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var connection in connections.Connections)
        {
            var sends = connection.Capabilities.Where(capability => capability is Capability.EmailSender or Capability.SmsSender).ToList();
            var honours = sends.Count > 0;
            foreach (var capability in sends)
                honours &= await HonoursAsync(connection.Name, capability, cancellation);
            if (honours)
                names.Add(connection.Name);
        }

        return names;
    }

    private async Task<bool> HonoursAsync(string connection, Capability capability, CancellationToken cancellation)
    {
        var name = $"honours-key/{connection}/{capability}";
        var kept = await marks.ReadAsync(name, cancellation);
        if (await AskAsync(connection, capability, cancellation) is not { } said)
            return kept == Yes;
        if ((kept == Yes) != said || kept is null)
            await marks.WriteAsync(name, said ? Yes : No, cancellation);
        return said;
    }

    private async Task<bool?> AskAsync(string connection, Capability capability, CancellationToken cancellation)
    {
        var result = capability == Capability.EmailSender
            ? await connections.CallAsync<IEmailSender, bool>(connection, CallKind.Read, (sender, _) => Task.FromResult(sender.HonoursKey), cancellation)
            : await connections.CallAsync<ISmsSender, bool>(connection, CallKind.Read, (sender, _) => Task.FromResult(sender.HonoursKey), cancellation);
        return result is CallResult<bool>.Answered answered ? answered.Value : null;
    }
}
