using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Core.Links;

/// <summary>The links that customers get, and what their tokens say.</summary>
public sealed class CustomerLinks(LinkSigner signer, CoreSettings settings)
{
    private const char SurveyKind = 's';
    private const char UnsubscribeKind = 'u';

    /// <summary>The address of a survey page.</summary>
    public string Survey(Guid invitationId) =>
        $"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/s/{signer.Sign(SurveyKind, invitationId.ToByteArray(bigEndian: true))}";

    /// <summary>The address at which a customer withdraws consent; a GET shows a page, a POST does it (RFC 8058).</summary>
    public string Unsubscribe(Guid customerId, Channel channel, Purpose purpose) =>
        $"{settings.PublicUrl.AbsoluteUri.TrimEnd('/')}/u/{signer.Sign(UnsubscribeKind, [.. customerId.ToByteArray(bigEndian: true), (byte)channel, (byte)purpose])}";

    /// <summary>The invitation of a survey token, or null where the token is not one of ours.</summary>
    public Guid? OpenSurvey(string token) =>
        signer.Open(SurveyKind, token) is { Length: 16 } body ? new Guid(body, bigEndian: true) : null;

    /// <summary>What an unsubscribe token is about, or null where the token is not one of ours.</summary>
    public (Guid CustomerId, Channel Channel, Purpose Purpose)? OpenUnsubscribe(string token) =>
        signer.Open(UnsubscribeKind, token) is { Length: 18 } body
            ? (new Guid(body.AsSpan(0, 16), bigEndian: true), (Channel)body[16], (Purpose)body[17])
            : null;
}
