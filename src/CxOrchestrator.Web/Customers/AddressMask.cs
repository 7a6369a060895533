using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Web.Customers;

/// <summary>Shows enough of an address to know it again, and too little to use it.</summary>
internal static class AddressMask
{
    private const string Dots = "•••";

    /// <summary>For example <c>a•••@e•••.com</c> or <c>+44•••23</c>.</summary>
    public static string Of(ContactPoint point)
    {
        var address = point.Address;
        if (point.Channel == Channel.Sms)
            return address.Length < 8 ? Dots : address[..3] + Dots + address[^2..];
        var at = address.LastIndexOf('@');
        var dot = address.LastIndexOf('.');
        return at < 1 || at == address.Length - 1 || dot <= at + 1 ? Dots : $"{address[0]}{Dots}@{address[at + 1]}{Dots}{address[dot..]}";
    }
}
