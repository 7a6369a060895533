using System.Collections.Concurrent;
using System.Net;
using CxOrchestrator.EndToEnd.Tests.Running;
using Microsoft.Data.Sqlite;

namespace CxOrchestrator.EndToEnd.Tests.Intake;

/// <summary>An event by what makes it one: who tells it, and its id there.</summary>
internal readonly record struct EventName(string Source, string Id);

/// <summary>
/// Clients that post events and keep what was not acknowledged, as a careful sender does: a request whose reply is lost is sent again, and what was
/// acknowledged is never sent by that client again.
/// </summary>
internal sealed class Posting
{
    private readonly IReadOnlyList<Client> _clients;
    private readonly ConcurrentDictionary<EventName, bool> _acknowledged = [];
    private long _stored;
    private long _duplicates;

    /// <summary>Shares events out.</summary>
    /// <param name="sources">The sources, whose clients take turns.</param>
    /// <param name="clients">How many clients there are.</param>
    /// <param name="events">How many events are posted, by all clients together.</param>
    /// <param name="duplicates">How many of them are posted before or elsewhere too.</param>
    /// <param name="random">Where chance comes from.</param>
    public Posting(IReadOnlyList<EventSource> sources, int clients, int events, int duplicates, Random random)
    {
        var perSource = (events - duplicates) / sources.Count;
        // Two sources use the same ids: these are different events.
        var distinct = sources.SelectMany(source => Enumerable.Range(0, perSource).Select(number => (source, Id: $"order-{number}"))).ToList();
        Distinct = distinct.Select(one => new EventName(one.source.Name, one.Id)).ToHashSet();
        var all = distinct.Concat(Enumerable.Range(0, events - distinct.Count).Select(_ => distinct[random.Next(distinct.Count)])).ToArray();
        random.Shuffle(all);
        var bySource = all.ToLookup(one => one.source, one => one.Id);
        var perClient = clients / sources.Count;
        _clients = [.. sources.SelectMany(source => Enumerable.Range(0, perClient).Select(client =>
            new Client(source, Requests([.. bySource[source].Where((_, index) => index % perClient == client)], random))))];
    }

    /// <summary>What must be stored at the end, once each.</summary>
    public IReadOnlySet<EventName> Distinct { get; }

    /// <summary>Events that the server has said it has.</summary>
    public ICollection<EventName> Acknowledged => _acknowledged.Keys;

    /// <summary>How many events the replies called stored, and how many duplicates.</summary>
    public (long Stored, long Duplicates) Told => (Interlocked.Read(ref _stored), Interlocked.Read(ref _duplicates));

    /// <summary>Whether nothing is left to post.</summary>
    public bool Done => _clients.All(client => client.Waiting.Count == 0);

    /// <summary>All clients post until they are done or the server is gone.</summary>
    public Task PostAsync(Shop shop) => Task.WhenAll(_clients.Select(client => Task.Run(() => PostAsync(shop, client))));

    /// <summary>The events in the store's file, read beside the product's own code, with how often each is there.</summary>
    public static async Task<IReadOnlyDictionary<EventName, int>> StoredAsync(Shop shop)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(shop.Folder, "data", "cxo.db")};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select source, source_id, count(*) from events group by source, source_id";
        var stored = new Dictionary<EventName, int>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            stored[new EventName(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        return stored;
    }

    private async Task PostAsync(Shop shop, Client client)
    {
        while (client.Waiting.TryPeek(out var ids))
        {
            var events = ids.Select(id => client.Source.Event(id, "order.delivered", $"person-{id}")).ToList();
            try
            {
                var (status, body) = await client.Source.PostAsync(shop, events.Count == 1 ? events[0] : events);
                Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
                Interlocked.Add(ref _stored, body.GetProperty("stored").GetInt64());
                Interlocked.Add(ref _duplicates, body.GetProperty("duplicates").GetInt64());
            }
            catch (HttpRequestException)
            {
                return;
            }

            foreach (var id in ids)
                _acknowledged[new EventName(client.Source.Name, id)] = true;
            client.Waiting.Dequeue();
        }
    }

    // One by one and in batches of up to fifty, mixed; an id may be twice in one batch.
    private static Queue<string[]> Requests(string[] ids, Random random)
    {
        var requests = new Queue<string[]>();
        for (var at = 0; at < ids.Length; at += requests.Last().Length)
            requests.Enqueue([.. ids.Skip(at).Take(random.Next(3) == 0 ? random.Next(2, 50) : 1)]);
        return requests;
    }

    private sealed record Client(EventSource Source, Queue<string[]> Waiting);
}
