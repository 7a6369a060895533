using System.Globalization;
using System.Text.Json;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;

namespace CxOrchestrator.Core.Content;

/// <summary>Builds what templates and conditions see, out of plain values.</summary>
public static class TemplateModels
{
    /// <summary>
    /// <c>customer</c>, <c>event</c>, <c>answer</c> and <c>journey</c>, as conditions see them.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="context">What the enrolment carries.</param>
    /// <param name="journey">The journey's key.</param>
    /// <param name="touchpoint">The journey's touchpoint.</param>
    public static Dictionary<string, object?> ForJourney(
        Customer customer, EnrolmentContext context, string journey, string touchpoint) => new(StringComparer.Ordinal)
        {
            ["customer"] = Of(customer),
            ["event"] = Event(context.Event),
            ["answer"] = context.Answer is { } answer ? Json.ToMap(answer) : null,
            ["journey"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = journey, ["touchpoint"] = touchpoint },
        };

    /// <summary>
    /// What messages see: all of <see cref="ForJourney"/>, and <c>company.name</c>, <c>links.survey</c>, <c>links.unsubscribe</c>.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="context">What the enrolment carries.</param>
    /// <param name="journey">The journey's key.</param>
    /// <param name="touchpoint">The journey's touchpoint.</param>
    /// <param name="company">The company's name.</param>
    /// <param name="surveyLink">The customer's link to the survey, or null where the step asks none.</param>
    /// <param name="unsubscribeLink">The customer's link to withdraw consent, or null where there is none.</param>
    public static Dictionary<string, object?> ForMessage(
        Customer customer, EnrolmentContext context, string journey, string touchpoint, string company, string? surveyLink, string? unsubscribeLink)
    {
        var model = ForJourney(customer, context, journey, touchpoint);
        model["company"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = company };
        model["links"] = new Dictionary<string, object?>(StringComparer.Ordinal) { ["survey"] = surveyLink, ["unsubscribe"] = unsubscribeLink };
        return model;
    }

    /// <summary>An event as conditions see it: type, time, data.</summary>
    public static IReadOnlyDictionary<string, object?> Of(CustomerEvent fact) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["type"] = fact.Type,
        ["source"] = fact.Source,
        ["time"] = fact.Time,
        ["data"] = Json.ToMap(fact.Data),
    };

    /// <summary>
    /// A customer as templates see them; attributes are members too, where no field has their name. What isn't known is null, not empty, so that
    /// <c>if customer.given_name</c> says what it seems to say.
    /// </summary>
    public static IReadOnlyDictionary<string, object?> Of(Customer customer)
    {
        var map = Json.ToNewMap(customer.Attributes, 8);
        map["id"] = customer.Id.ToString("N");
        map["name"] = Known(customer.Name);
        map["given_name"] = Known(customer.GivenName) ?? Known(customer.Name);
        map["locale"] = customer.Locale;
        map["language"] = customer.Locale.Split('-')[0];
        map["time_zone"] = customer.TimeZone;
        map["email"] = customer.AddressOn(Channel.Email);
        map["phone"] = customer.AddressOn(Channel.Sms);
        return map;
    }

    private static string? Known(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    // An enrolment keeps its event as JSON, which has no times: templates get the same kind of value as from the event itself.
    private static Dictionary<string, object?> Event(JsonElement stored)
    {
        var map = Json.ToNewMap(stored);
        if (map.GetValueOrDefault("time") is string text
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            map["time"] = time;
        }

        return map;
    }
}
