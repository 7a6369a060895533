namespace CxOrchestrator.EndToEnd.Tests.Orders;

/// <summary>How the files of the real orders are imported.</summary>
internal static class OrderImport
{
    /// <summary>Delivered orders as <c>order.delivered</c> of the person.</summary>
    public static string[] EventArguments(string folder) =>
    [
        "--source", "shop",
    ];
}
