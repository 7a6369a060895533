using System.Text.Json;
using System.Text.Json.Nodes;
using CxOrchestrator.Plugins.SmsTwilio.Api;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Facts;

/// <summary>Makes events of what Twilio tells. The same fact about the same delivery has the same id, whether a webhook or the list of messages told it.</summary>
internal sealed class MessageFacts(TwilioSettings settings)
{
    private readonly OptOutWords _words = new(settings.OptOutWords);

    /// <summary>What has become of a message of ours.</summary>
    public IEnumerable<ConnectorEvent> OfStatus(StatusReport report)
    {
        if (MessageStatus.Of(report.Status) is not { } status)
            yield break;
        var data = new JsonObject { ["providerId"] = report.Sid, ["status"] = report.Status, ["rank"] = status.Rank };
        var code = report.ErrorCode is { } number ? ErrorCode.Of(number) : null;
        if (status.Type == ServiceFacts.MessageFailed)
        {
            data["code"] = code?.Code ?? status.Name;
            data["text"] = code?.Text ?? "Twilio gave no reason";
            data["addressInvalid"] = code?.Fault == ErrorFault.Address;
        }

        if (report.Segments is { } segments)
            data["segments"] = segments;
        if (report.Price is { } price)
        {
            data["price"] = price;
            data["currency"] = report.Currency;
        }

        // What a webhook told without its price is told again with it.
        var billed = report.Price is not null && status.Type != ServiceFacts.MessageFailed ? "/billed" : "";
        // One that can't say which delivery it is about must not stand in the way of a webhook that can.
        var nameless = report.Key is null ? "/listed" : "";
        yield return Event($"{report.Sid}/{status.Name}{billed}{nameless}", status.Type, report.To, report.At, data, report.Key);
        if (code?.Fault == ErrorFault.OptedOut)
            yield return Event($"{report.Sid}/optedOut", ServiceFacts.ContactOptedOut, report.To, report.At, Words(report.Sid, code.Text), null);
    }

    /// <summary>What a person wrote to us.</summary>
    public IEnumerable<ConnectorEvent> OfAnswer(PersonsMessage answer)
    {
        foreach (var type in _words.Read(answer.Text, answer.OptOutType))
        {
            var name = type switch
            {
                ServiceFacts.ContactOptedOut => "optedOut",
                ServiceFacts.ContactOptedIn => "optedIn",
                _ => "received",
            };
            var data = Words(answer.Sid, answer.Text);
            data["optOutType"] = answer.OptOutType;
            yield return Event($"{answer.Sid}/{name}", type, answer.From, answer.At, data, null);
        }
    }

    private JsonObject Words(string sid, string text)
    {
        // The contract's channels are e-mail and SMS: what a person says to an SMS sender holds for both ways of it.
        var data = new JsonObject { ["providerId"] = sid, ["channel"] = "sms", ["text"] = text };
        if (settings.Channel == TwilioChannel.WhatsApp)
            data["via"] = "whatsapp";
        return data;
    }

    private static ConnectorEvent Event(string id, string type, string? address, DateTimeOffset at, JsonObject data, string? key) =>
        new(id, type, "", at, JsonSerializer.SerializeToElement(data)) { Address = PhoneNumber.In(address), DeliveryKey = key };
}

/// <summary>What Twilio tells of a message of ours.</summary>
internal sealed record StatusReport(string Sid, string Status, string? To, DateTimeOffset At)
{
    public string? Key { get; init; }

    public int? ErrorCode { get; init; }

    public int? Segments { get; init; }

    public decimal? Price { get; init; }

    public string? Currency { get; init; }
}

/// <summary>A message of a person.</summary>
internal sealed record PersonsMessage(string Sid, string? From, string Text, DateTimeOffset At)
{
    /// <summary>What Twilio took it for, where advanced opt-out is on.</summary>
    public string? OptOutType { get; init; }
}
