using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Ledger;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Engine.Dispatch;

/// <summary>Writes the message of a delivery: words, links, headers.</summary>
internal sealed class Composer(IPublishedContent content, CustomerLinks links, CoreSettings settings)
{
    public Composed Compose(Delivery delivery, Customer customer, Enrolment? enrolment, Verdict.Go go, DateTimeOffset now)
    {
        if (content.Message(delivery.Message) is not { } message)
            return Composed.Failed($"the message {delivery.Message} is not published");
        // A message that belongs to what the customer asked for can't be unsubscribed from.
        var unsubscribe = delivery.Purpose == Purpose.Service ? null : links.Unsubscribe(customer.Id, go.Via, delivery.Purpose);
        var model = TemplateModels.ForMessage(
            customer, enrolment?.Context ?? new EnrolmentContext(), delivery.Journey, delivery.Touchpoint, settings.Sending.Company,
            delivery.InvitationId is { } invitation ? links.Survey(invitation) : null, unsubscribe);

        var (rendered, error) = MessageRenderer.Render(message, go.Via, customer, model, now);
        if (rendered is null)
            return Composed.Failed($"the message can't be written: {error}");
        return go.Via == Channel.Email
            ? Composed.Of(Email(delivery, customer, go.Address, rendered, unsubscribe))
            : Composed.Of(new SmsMessage(delivery.Key, go.Address, rendered.Text));
    }

    private EmailMessage Email(Delivery delivery, Customer customer, string address, RenderedMessage rendered, string? unsubscribe) => new()
    {
        Key = delivery.Key,
        To = new EmailAddress(address, customer.Name.Length > 0 ? customer.Name : null),
        From = new EmailAddress(settings.Sending.FromAddress, settings.Sending.FromName),
        Subject = rendered.Subject,
        Text = rendered.Text,
        Html = rendered.Html,
        Language = rendered.Language,
        Headers = Headers(unsubscribe),
    };

    private static Dictionary<string, string> Headers(string? unsubscribe)
    {
        // RFC 3834: no out-of-office reply is owed to a machine.
        var headers = new Dictionary<string, string> { ["Auto-Submitted"] = "auto-generated" };
        if (unsubscribe is not null)
        {
            // RFC 8058: the mail reader's own button withdraws consent with one POST.
            headers["List-Unsubscribe"] = $"<{unsubscribe}>";
            headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click";
        }

        return headers;
    }
}
