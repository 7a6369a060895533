using CxOrchestrator.Core.Customers;
using CxOrchestrator.Host.Composition;

namespace CxOrchestrator.Host.CommandLine;

/// <summary>Finds the customer that somebody at the command line means.</summary>
internal static class CustomerLookup
{
    private const int Matches = 10;

    /// <summary>
    /// The customer with an id, ours or that of a connection (<c>shop:4711</c>, or <c>4711</c> alone), or whose name, address, number or id begins with the text.
    /// </summary>
    /// <exception cref="UserException">Nobody is, or several may be.</exception>
    public static async Task<Customer> FindAsync(ICustomerStore customers, string who, CancellationToken cancellation)
    {
        if (await KeyAsync(customers, who, cancellation) is { } key && (await customers.GetAsync([key], cancellation)).TryGetValue(key, out var known))
            return known;
        var found = await customers.SearchAsync(who, Matches, cancellation);
        var exact = found.Where(one => one.ExternalIds.Any(id => id.Value == who)).ToList();
        return (exact, found) switch
        {
            ([var one], _) => one,
            (_, [var one]) => one,
            (_, []) => throw new UserException($"Nobody is known by \"{who}\"."),
            _ => throw new UserException(
                $"\"{who}\" may be any of these; say which:{Environment.NewLine}"
                + string.Join(Environment.NewLine, found.Select(one => $"{one.Id:N}  {one.Name}  {string.Join(", ", one.ExternalIds.Select(Text))}"))),
        };
    }

    /// <summary>An id as people write it.</summary>
    public static string Text(ExternalId id) => $"{id.Connection}:{id.Value}";

    private static async Task<Guid?> KeyAsync(ICustomerStore customers, string who, CancellationToken cancellation)
    {
        if (Guid.TryParse(who, out var id))
            return id;
        if (who.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            return null;
        var external = new ExternalId(who[..colon], who[(colon + 1)..]);
        return (await customers.FindAsync([external], cancellation)).TryGetValue(external, out var key) ? key : null;
    }
}
