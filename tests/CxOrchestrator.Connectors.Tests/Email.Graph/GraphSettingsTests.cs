using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.EmailGraph;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>Wrong settings are told before anything is connected, all at once.</summary>
public sealed class GraphSettingsTests
{
    [Fact]
    public void A_full_set_is_valid_and_an_empty_one_is_told_with_all_its_faults()
    {
        Assert.Empty(Faults(Valid()));
        Assert.Equal(["Mailbox"], Faults(new GraphSettings()));
        Assert.Equal(["ClientId", "ClientSecret", "FromAddress", "TenantId"], Faults(new GraphSettings { Mailbox = "1111-2222" }));
    }

    [Theory]
    [InlineData("Auth", GraphAuth.Certificate, "CertificateFile")]
    [InlineData("TenantId", "a b", "TenantId")]
    [InlineData("FromAddress", "nobody", "FromAddress")]
    [InlineData("MessageIdDomain", "-", "MessageIdDomain")]
    [InlineData("Concurrency", 5, "Concurrency")]
    [InlineData("NotTakenAfterMinutes", -1, "NotTakenAfterMinutes")]
    [InlineData("Folder", "in/box", "Folder")]
    [InlineData("LookBackDays", 0, "LookBackDays")]
    public void A_value_that_can_not_be_is_told_by_its_name(string name, object value, string fault)
    {
        var settings = Valid();
        typeof(GraphSettings).GetProperty(name)!.SetValue(settings, value);

        Assert.Equal([fault], Faults(settings));
    }

    [Theory]
    [InlineData("http://graph.microsoft.com/v1.0/", false)]
    [InlineData("https://gateway.example/graph/", true)]
    [InlineData("http://127.0.0.1:5000/v1.0/", true)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void Tokens_leave_this_machine_protected_or_not_at_all(string url, bool valid)
    {
        var settings = Valid();
        settings.BaseUrl = new Uri(url);

        Assert.Equal(valid, Faults(settings).Count == 0);
    }

    [Theory]
    [InlineData("short", false)]
    [InlineData("sixteen-chars-ok", true)]
    [InlineData("ไม่ใช่แอสกีไม่ใช่แอสกี", false)]
    public void A_ClientState_is_long_enough_not_to_be_guessed_and_its_value_shows_in_no_fault(string state, bool valid)
    {
        var settings = Valid();
        settings.ClientState = new Secret(state);
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), faults, true);

        Assert.Equal(valid, faults.Count == 0);
        Assert.DoesNotContain(faults, fault => fault.ErrorMessage!.Contains(state, StringComparison.Ordinal));
    }

    [Fact]
    public void A_managed_identity_needs_nothing_but_the_mailbox() =>
        Assert.Empty(Faults(new GraphSettings { Auth = GraphAuth.ManagedIdentity, Mailbox = "care@shop.example" }));

    private static GraphSettings Valid() => GraphRig.SettingsFor(new Uri("https://graph.microsoft.com/"));

    private static List<string> Faults(GraphSettings settings)
    {
        var faults = new List<ValidationResult>();
        Validator.TryValidateObject(settings, new ValidationContext(settings), faults, true);
        return [.. faults.SelectMany(fault => fault.MemberNames).Order(StringComparer.Ordinal)];
    }
}
