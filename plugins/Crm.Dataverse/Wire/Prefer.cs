using System.Globalization;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.CrmDataverse.Wire;

/// <summary>What we ask of an answer: all of it in one <c>Prefer</c> header.</summary>
internal static class Prefer
{
    /// <summary>Lookups' tables, labels and paging cookies beside the values.</summary>
    private const string Annotations =
        "odata.include-annotations=\"OData.Community.Display.V1.FormattedValue,Microsoft.Dynamics.CRM.*\"";

    /// <summary>A page of rows.</summary>
    public static ServiceRequest Page(string path, int rows, bool track = false) => ServiceRequest.Get(path).With(
        "Prefer", string.Create(CultureInfo.InvariantCulture, $"odata.maxpagesize={rows},{(track ? "odata.track-changes," : "")}{Annotations}"));

    /// <summary>One row, or rows that fit on one page.</summary>
    public static ServiceRequest Rows(string path) => ServiceRequest.Get(path).With("Prefer", Annotations);
}
