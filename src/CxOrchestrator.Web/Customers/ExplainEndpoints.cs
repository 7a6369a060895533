using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Web.Access;
using CxOrchestrator.Web.Events;
using CxOrchestrator.Web.Pages;

namespace CxOrchestrator.Web.Customers;

/// <summary>Why a customer did or did not get what a journey sends: as a page, and as JSON.</summary>
internal sealed class ExplainEndpoints(IExplainer explainer, ICustomerStore customers, IPublishedContent content)
{
    private const string NobodyKnown = "Nobody is known by this id. Search for them by name, address or number.";
    private const string EventForm = "Write the event's source and its id there, such as ?event=shop/4711.";

    /// <summary>The page.</summary>
    public async Task<IResult> ShowAsync(HttpContext http, string id, string journey, string? about, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } customer)
            return StaffPage.Message(http, "No such customer", NobodyKnown, StatusCodes.Status404NotFound);
        if (!TryName(about, out var name))
            return StaffPage.Message(http, "This event has no name", EventForm, StatusCodes.Status400BadRequest);
        var told = AddressVeil.Over(await explainer.ExplainAsync(customer, journey, name, cancellation), customer, http.Visitor());
        return StaffPage.Of(http, $"{CustomerHeader.NameOf(customer)}: {journey}", ExplainPage.Of(customer, told, content.Journeys.Keys), StatusOf(told));
    }

    /// <summary>The same as JSON.</summary>
    public async Task<IResult> JsonAsync(HttpContext http, string id, string journey, string? about, CancellationToken cancellation)
    {
        if (await FindAsync(id, cancellation) is not { } customer)
            return new EventProblem { Title = "No such customer", Status = StatusCodes.Status404NotFound, Detail = NobodyKnown }.ToResult();
        if (!TryName(about, out var name))
            return new EventProblem { Title = "This event has no name", Status = StatusCodes.Status400BadRequest, Detail = EventForm }.ToResult();
        var told = AddressVeil.Over(await explainer.ExplainAsync(customer, journey, name, cancellation), customer, http.Visitor());
        return StatusOf(told) == StatusCodes.Status200OK
            ? Results.Json(told, ApiJson.Options)
            : new EventProblem { Title = "No such journey", Status = StatusOf(told), Detail = told.Sentence }.ToResult();
    }

    private static int StatusOf(Explanation told) =>
        told.Outcome == ChainOutcome.JourneyUnknown ? StatusCodes.Status404NotFound : StatusCodes.Status200OK;

    private static bool TryName(string? about, out EventName? name)
    {
        name = string.IsNullOrEmpty(about) ? null : EventName.Parse(about);
        return string.IsNullOrEmpty(about) || name is not null;
    }

    private async Task<Customer?> FindAsync(string id, CancellationToken cancellation) =>
        Guid.TryParse(id, out var key) && (await customers.GetAsync([key], cancellation)).TryGetValue(key, out var customer) ? customer : null;
}
