namespace CxOrchestrator.Core.Customers;

/// <summary>What of customers is read beside their row (name, language, zone); what isn't read is empty.</summary>
[Flags]
public enum CustomerParts
{
    /// <summary>The row alone.</summary>
    Row = 0,

    /// <summary><see cref="Customer.Attributes"/>.</summary>
    Attributes = 1,

    /// <summary><see cref="Customer.ContactPoints"/>.</summary>
    Addresses = 2,

    /// <summary><see cref="Customer.ExternalIds"/>.</summary>
    Ids = 4,

    /// <summary>Everything.</summary>
    All = Attributes | Addresses | Ids,
}
