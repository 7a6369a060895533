using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Crm;

/// <summary>Reads people as a description maps them.</summary>
internal sealed class People(ServiceCalls calls, ServiceDescription description)
{
    private readonly PersonMapping _mapping = description.Person!;
    private readonly Feed _feed = new(calls, description.Person!.Id);

    public async Task<CrmPerson?> FindAsync(string id, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var operation = description.Operations["findPerson"];
        var model = calls.Model(("id", id));
        try
        {
            return await Found.Async(calls, operation, model, Read, cancellation);
        }
        catch (DescriptionFault fault)
        {
            throw new ServiceException(fault.Message);
        }
    }

    public Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor, CancellationToken cancellation) =>
        _feed.PageAsync(description.Operations["changedPeople"], cursor, endless: true, Read, [], cancellation);

    public async Task<Page<CrmPerson>> SegmentAsync(string segment, string? cursor, CancellationToken cancellation)
    {
        if (!description.Operations.TryGetValue("segmentPeople", out var operation))
            throw new ServiceException($"the description has no segmentPeople, so that the segment \"{segment}\" can't be read");
        try
        {
            return await _feed.PageAsync(operation, cursor, endless: false, Read, [("segment", segment)], cancellation);
        }
        catch (ServiceException failure) when (failure.Status is >= 400 and < 500)
        {
            throw new ServiceException($"the segment \"{segment}\" can't be read: {failure.Message}") { Status = failure.Status, RetryAfter = failure.RetryAfter };
        }
    }

    private CrmPerson Read(Dictionary<string, object?> model)
    {
        string? Known(string name) => _mapping.Known.TryGetValue(name, out var value) && value.TextOf(model) is { Length: > 0 } text ? text : null;
        return new CrmPerson
        {
            Id = _mapping.Id.TextOf(model) is { Length: > 0 } id ? id : throw new ServiceException("a record has no id where the description looks for one"),
            Name = Known("name"),
            GivenName = Known("givenName"),
            Email = Known("email"),
            Phone = Known("phone"),
            Locale = Known("locale"),
            TimeZone = Known("timeZone"),
            Gone = _mapping.Known.TryGetValue("gone", out var gone) && gone.Holds(model),
            Fields = _mapping.Fields.Select(field => (field.Key, Value: field.Value.Of(model))).Where(field => field.Value is string or bool or int or long or double or decimal)
                .ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal),
        };
    }
}
