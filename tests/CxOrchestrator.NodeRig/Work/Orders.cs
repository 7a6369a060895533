using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CxOrchestrator.NodeRig.Nodes;

namespace CxOrchestrator.NodeRig.Work;

/// <summary>
/// A shop that posts orders to whichever node takes them. What was not acknowledged is posted again, with the same ids, as a shop does that doesn't want to
/// lose any.
/// </summary>
public sealed class Orders(Fleet fleet) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly HttpClient _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = Limit };
    private readonly Lock _gate = new();
    private readonly List<string> _acknowledged = [];
    private int _next;

    /// <summary>The ids of all orders that were acknowledged.</summary>
    public IReadOnlyList<string> Acknowledged
    {
        get
        {
            lock (_gate)
                return [.. _acknowledged];
        }
    }

    /// <summary>Posts orders until they are acknowledged.</summary>
    /// <param name="orders">Id of the order and number of the customer, of each.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PostAsync(IReadOnlyList<(string Id, int Customer)> orders, CancellationToken cancellation)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(orders.Select(order => Event(order.Id, order.Customer)));
        while (!await TryAsync(body, cancellation))
            await Task.Delay(Rest, cancellation);
        lock (_gate)
            _acknowledged.AddRange(orders.Select(order => order.Id));
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<bool> TryAsync(byte[] body, CancellationToken cancellation)
    {
        var node = (int)((uint)Interlocked.Increment(ref _next) % (uint)fleet.Urls.Count);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(fleet.Urls[node], "/api/events")) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents-batch+json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", fleet.EventKey);
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            if (answer.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
                throw new InvalidOperationException($"An order was refused with {answer.StatusCode}: {Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation))}");
            return answer.IsSuccessStatusCode;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || fault is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            // The node is down, or died before it answered.
            return false;
        }
    }

    private Dictionary<string, object> Event(string id, int customer) => new()
    {
        ["specversion"] = "1.0",
        ["source"] = "shop",
        ["id"] = id,
        ["type"] = MailingContent.Ordered,
        ["subject"] = Crowd.SubjectOf(customer),
        ["time"] = fleet.Now.ToString("O", CultureInfo.InvariantCulture),
        ["data"] = new { order = id },
    };
}
