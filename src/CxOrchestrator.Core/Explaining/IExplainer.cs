using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Explaining;

/// <summary>Says why.</summary>
public interface IExplainer
{
    /// <summary>
    /// The chain of a customer and a journey. Only what is stored is told: what was not kept is said to be not known. Reads alone.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="journey">The journey's key.</param>
    /// <param name="about">Only what this event did; null for all, with the newest walk's end.</param>
    /// <param name="cancellation">Ends it.</param>
    Task<Explanation> ExplainAsync(Customer customer, string journey, EventName? about, CancellationToken cancellation);
}

/// <summary>The name of an event: its source, and its id there.</summary>
public sealed record EventName(string Source, string Id)
{
    /// <summary>Reads <c>shop/4711</c>; the id may have slashes of its own. Null where there is no slash between two texts.</summary>
    public static EventName? Parse(string text) =>
        text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < text.Length - 1 ? new EventName(text[..slash], text[(slash + 1)..]) : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Source}/{Id}";
}
