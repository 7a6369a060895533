using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire.Batch;

/// <summary>Sends units of work in batch requests, several at once.</summary>
internal sealed class Batches(DataverseWire wire, int unitsPerRequest)
{
    /// <summary>
    /// One answer for each unit, in order. A unit whose request was lost has the request's silence: whether it was done is not known.
    /// </summary>
    public async Task<IReadOnlyList<ServiceAnswer>> SendAsync(IReadOnlyList<IReadOnlyList<BatchOperation>> units, CancellationToken cancellation)
    {
        var requests = units.Chunk(unitsPerRequest).Select(chunk => OneAsync(chunk, cancellation)).ToList();
        return [.. (await Task.WhenAll(requests)).SelectMany(answers => answers)];
    }

    private async Task<IEnumerable<ServiceAnswer>> OneAsync(IReadOnlyList<BatchOperation>[] units, CancellationToken cancellation)
    {
        try
        {
            var answer = await wire.SendAsync(BatchBody.Request(wire.Root, units), cancellation);
            // One that can't be read as a whole, or is too large, says nothing of its units: smaller ones do.
            if (answer is ServiceReply { Status: 400 or 413 } && units.Length > 1)
                return [.. await OneAsync(units[..(units.Length / 2)], cancellation), .. await OneAsync(units[(units.Length / 2)..], cancellation)];
            if (answer is not ServiceReply { IsSuccess: true } reply)
                return units.Select(_ => answer);
            return BatchReply.Read(reply, units.Length)
                .Select(one => one ?? (ServiceAnswer)new ServiceSilence(true, "the answer to the batch was not whole"));
        }
        catch (ServiceException held) when (held.Status == 429)
        {
            var none = new ServiceReply { Status = 429, Headers = new Dictionary<string, string>(), Body = default, RetryAfter = held.RetryAfter };
            return units.Select(_ => none);
        }
    }
}
