using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Web.Access;

namespace CxOrchestrator.Web.Customers;

/// <summary>What services say of a message may name the address that it went to: it is masked for those who don't see addresses.</summary>
internal static class AddressVeil
{
    /// <summary>The explanation as this visitor may read it.</summary>
    public static Explanation Over(Explanation told, Customer customer, Visitor visitor)
    {
        if (visitor.SeesAddresses || customer.ContactPoints.Count == 0)
            return told;
        return told with
        {
            Reason = Masked(told.Reason),
            Sentence = Masked(told.Sentence),
            Sections = [.. told.Sections.Select(section => section with { Lines = [.. section.Lines.Select(line => line with { Text = Masked(line.Text) })] })],
        };

        string Masked(string text) => customer.ContactPoints.Aggregate(
            text, (masked, point) => masked.Replace(point.Address, AddressMask.Of(point), StringComparison.OrdinalIgnoreCase));
    }
}
