using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Crm;

/// <summary>Reads lists of records as an operation describes: page by page (<c>next</c>) or by the moment of their change (<c>since</c>).</summary>
/// <param name="calls">The requests.</param>
/// <param name="idOf">A record's id, over a model with <c>item</c>.</param>
internal sealed class Feed(ServiceCalls calls, Value idOf)
{
    // A moment that more records share than so many pages hold is a fault of the description's page size.
    private const int MostPages = 100;

    /// <summary>One page.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="cursor">Where to go on.</param>
    /// <param name="endless">True for a feed, whose cursor is kept while there is nothing new; false for a list that ends.</param>
    /// <param name="read">Makes a record of a model with <c>item</c>.</param>
    /// <param name="about">Further values for the request.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ServiceException">The service does not answer as described.</exception>
    public async Task<Page<T>> PageAsync<T>(
        Operation operation, string? cursor, bool endless, Func<Dictionary<string, object?>, T> read, (string Name, object? Value)[] about, CancellationToken cancellation)
    {
        try
        {
            return operation.Since is null
                ? await ByNextAsync(operation, cursor, endless, read, about, cancellation)
                : await BySinceAsync(operation, cursor, read, about, cancellation);
        }
        catch (DescriptionFault fault)
        {
            throw new ServiceException(fault.Message);
        }
    }

    private async Task<Page<T>> ByNextAsync<T>(
        Operation operation, string? cursor, bool endless, Func<Dictionary<string, object?>, T> read, (string Name, object? Value)[] about, CancellationToken cancellation)
    {
        var model = calls.Model([.. about, ("cursor", cursor), ("page", 1)]);
        var (items, replied) = await ItemsAsync(operation, model, cancellation);
        var next = operation.Next?.TextOf(replied);
        return new Page<T>([.. items.Select(read)], endless && items.Count == 0 ? null : next);
    }

    private async Task<Page<T>> BySinceAsync<T>(
        Operation operation, string? cursor, Func<Dictionary<string, object?>, T> read, (string Name, object? Value)[] about, CancellationToken cancellation)
    {
        var since = FeedCursor.Parse(cursor, operation.From);
        for (var page = 1; page <= MostPages; page++)
        {
            var model = calls.Model([.. about, ("cursor", since.Since), ("page", page)]);
            var (items, _) = await ItemsAsync(operation, model, cancellation);
            var all = items.Select(item => (Item: item, Mark: FeedCursor.MarkOf(idOf.TextOf(item) ?? "", item["item"]), Since: operation.Since!.TextOf(item) ?? "")).ToList();
            var fresh = all.Where(one => !(one.Since == since.Since && since.Told.Contains(one.Mark))).ToList();
            if (fresh.Count > 0)
                return new Page<T>([.. fresh.Select(one => read(one.Item))], since.After([.. fresh.Select(one => (one.Mark, one.Since))]).ToString());
            if (items.Count == 0)
                return new Page<T>([], null);
        }

        throw new ServiceException($"more than {MostPages} pages of records share one moment of change");
    }

    private async Task<(List<Dictionary<string, object?>> Items, Dictionary<string, object?> Replied)> ItemsAsync(
        Operation operation, Dictionary<string, object?> model, CancellationToken cancellation)
    {
        var reply = (await calls.SendAsync(operation, model, cancellation)).Reply();
        _ = reply.Json();
        var replied = ServiceCalls.Model(reply, model);
        var items = operation.Items is null ? replied["body"] : operation.Items.Of(replied);
        return items is IEnumerable<object?> list
            ? ([.. list.Select(item => new Dictionary<string, object?>(replied, StringComparer.Ordinal) { ["item"] = item })], replied)
            : throw new ServiceException("the answer has no list of records where the description looks for one");
    }
}
