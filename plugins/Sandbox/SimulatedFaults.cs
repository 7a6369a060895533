using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox;

/// <summary>Faults to play with. They hang on the delivery's key alone, so that a demo run twice shows the same ones.</summary>
internal sealed class SimulatedFaults(SandboxSettings settings)
{
    private readonly ConcurrentDictionary<string, bool> _putOff = new(StringComparer.Ordinal);

    /// <summary>The fault of this try, or null.</summary>
    public SendResult? For(string key)
    {
        if (Share("reject", key) < settings.RejectRate)
        {
            return SendResult.Rejected("5.1.1", "Refused by the sandbox, as its RejectRate asks.", addressInvalid: true);
        }

        return Share("defer", key) < settings.DeferRate && _putOff.TryAdd(key, true)
            ? SendResult.Deferred("Put off by the sandbox, as its DeferRate asks.", TimeSpan.FromMinutes(5))
            : null;
    }

    /// <summary>A number from 0 (inclusive) to 1 (exclusive) that is always the same for a key.</summary>
    private static double Share(string fault, string key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{fault}/{key}"));
        return BinaryPrimitives.ReadUInt32LittleEndian(hash) / ((double)uint.MaxValue + 1);
    }
}
