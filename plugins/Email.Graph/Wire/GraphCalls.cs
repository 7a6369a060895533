using CxOrchestrator.Sdk.Http;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace CxOrchestrator.Plugins.EmailGraph.Wire;

/// <summary>Calls of Microsoft's SDK, whose many exceptions become the one that the host knows as an outage.</summary>
internal static class GraphCalls
{
    /// <summary>Asks for ids that stay when a message is moved to another folder.</summary>
    public const string ImmutableIds = "IdType=\"ImmutableId\"";

    /// <summary>The answer of a read.</summary>
    /// <param name="call">Makes one call; its request is built in it, because a model of the SDK can be sent only once.</param>
    /// <param name="cancellation">The caller's.</param>
    /// <exception cref="ServiceException">There is none, or none that can be read; the text holds nothing of its content.</exception>
    /// <exception cref="GraphRefusal">It is an error.</exception>
    /// <exception cref="TooLongException">It is longer than is read.</exception>
    public static async Task<T> ReadAsync<T>(Func<Task<T?>> call, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await call() ?? throw new ServiceException("the service's answer is empty");
        }
        catch (ApiException failure) when (!cancellation.IsCancellationRequested)
        {
            throw Refusal(failure);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && failure is not (ServiceException or TooLongException))
        {
            // JSON that is none, another content type, a property of another type: the SDK throws whatever its parser does.
            throw new ServiceException("the service's answer can't be read");
        }
    }

    /// <summary>Graph's name of an error, such as <c>ErrorItemNotFound</c>; empty where it gives none that could be one.</summary>
    public static string Name(string? code) => code is { Length: > 0 and <= 80 } && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_') ? code : "";

    private static GraphRefusal Refusal(ApiException failure)
    {
        var seconds = failure.ResponseHeaders?.FirstOrDefault(header => header.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        return new GraphRefusal(
            failure.ResponseStatusCode,
            Name((failure as ODataError)?.Error?.Code),
            int.TryParse(seconds, out var wait) ? TimeSpan.FromSeconds(Math.Max(0, wait)) : null);
    }
}
