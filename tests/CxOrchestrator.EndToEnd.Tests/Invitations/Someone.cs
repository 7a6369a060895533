namespace CxOrchestrator.EndToEnd.Tests.Invitations;

/// <summary>A customer of the tests.</summary>
/// <param name="Id">The id at the shop, and the first part of the e-mail address.</param>
/// <param name="Name">The name.</param>
/// <param name="Locale">The locale as the file has it.</param>
/// <param name="Zone">The time zone.</param>
internal sealed record Someone(string Id, string Name, string Locale, string Zone)
{
    public string Email => $"{Id}@example.test";

    /// <summary>The language of the pages that this customer gets.</summary>
    public string Language => Locale.Split('-')[0];

    /// <summary>The direction in which that language is written.</summary>
    public string Direction => Language == "fa" ? "rtl" : "ltr";
}
