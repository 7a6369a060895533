namespace CxOrchestrator.Plugins.CrmDataverse.Consent;

/// <summary>Consent for one address.</summary>
/// <param name="Key">The change's key.</param>
/// <param name="Address">E-mail address or number.</param>
/// <param name="ChannelPurpose">For example <c>email/feedback</c>.</param>
/// <param name="Withdrawn">False: given.</param>
/// <param name="How">In the journey's words, for example <c>one-click</c>.</param>
internal sealed record AddressConsent(string Key, string Address, string ChannelPurpose, bool Withdrawn, string How)
{
    /// <summary>Our purpose.</summary>
    public string Purpose => ChannelPurpose[(ChannelPurpose.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>E-mail or text, by Dataverse's numbers.</summary>
    public int Type => ChannelPurpose.StartsWith("email/", StringComparison.Ordinal) ? 534120000 : 534120001;
}
