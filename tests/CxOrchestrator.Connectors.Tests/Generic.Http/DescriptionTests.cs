using System.ComponentModel.DataAnnotations;
using CxOrchestrator.Plugins.GenericHttp;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Connectors.Tests.Generic.Http;

/// <summary>Descriptions are read strictly.</summary>
public sealed class DescriptionTests
{
    public static TheoryData<string> Shipped => new([.. DescriptionFiles.Names]);

    [Theory]
    [MemberData(nameof(Shipped))]
    public void A_description_that_comes_with_the_plugin_is_one(string name) => Assert.Empty(DescriptionFiles.Read(name).Faults);

    [Theory]
    [InlineData("hubspot-contacts", "CrmReader CrmWriter HealthProbe")]
    [InlineData("salesforce-contacts", "CrmReader CrmWriter HealthProbe")]
    [InlineData("sap-sales-cloud", "CrmReader CrmWriter HealthProbe")]
    [InlineData("oracle-cx-sales", "CrmReader CrmWriter HealthProbe")]
    [InlineData("vonage-sms", "SmsSender WebhookReceiver HealthProbe")]
    [InlineData("chat-webhook", "TicketWriter WebhookReceiver HealthProbe")]
    public void A_connection_offers_what_its_description_describes(string name, string offers) =>
        Assert.Equal(offers, string.Join(' ', DescriptionFiles.Read(name).Description!.Offers));

    [Fact]
    public void All_faults_are_told_at_once_with_line_and_column()
    {
        var (description, faults) = DescriptionReader.Read("""
            service: Broken
            auth: { kind: barer }
            operations:
              findPerson:
                path: /people/{id
                outcomes: [ { when: "body.", result: maybe } ]
              sendFax: { path: fax }
            changes:
              score: { path: x, form: { a: 1 }, json: { b: "{{ for }}" } }
              skip: [ message, picture ]
            webhook:
              check: { kind: hmac, name: X-S, over: "{body}.{header:X}" }
            colour: blue
            """);

        Assert.Null(description);
        var told = string.Join('\n', faults);
        string[] expected =
        [
            "line 2, column 9: auth.kind is \"barer\", and must be none, bearer, basic, header, oauth2",
            "line 5, column 5: operations.findPerson.path : a brace is opened and not closed",
            "line 6, column 25: operations.findPerson.outcomes[0].when:",
            "operations.findPerson.outcomes[0].result is \"maybe\"",
            "line 7, column 3: operations.sendFax is not known",
            "changes.score.form stands beside json",
            "changes.skip has \"picture\"",
            "webhook.check.over ends with {body}",
            "webhook.facts is missing",
            "line 13, column 1: colour is not known",
            "operations.changedPeople is missing",
            "person is missing",
            "changes.answer is missing: describe it, or name it under changes.skip",
        ];
        Assert.All(expected, fault => Assert.Contains(fault, told, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "must be one YAML map")]
    [InlineData("- a\n- b", "must be one YAML map")]
    [InlineData("service: \"open", "line 1")]
    [InlineData("service: Nothing", "there is nothing that a connection could do")]
    public void What_is_no_description_is_told(string text, string fault) =>
        Assert.Contains(fault, string.Join('\n', DescriptionReader.Read(text).Faults), StringComparison.Ordinal);

    [Fact]
    public void A_connections_faults_are_told_all_at_once()
    {
        var settings = new GenericSettings { Description = "vonage-sms", BaseUrl = new Uri("http://gateway.example"), Values = { ["form"] = "Shop" } };

        var told = string.Join('\n', settings.Validate(new ValidationContext(settings)).Select(fault => fault.ErrorMessage));

        Assert.Contains("BaseUrl would send credentials unprotected", told, StringComparison.Ordinal);
        Assert.Contains("User is needed for auth Basic", told, StringComparison.Ordinal);
        Assert.Contains("Secret is needed for auth Basic", told, StringComparison.Ordinal);
        Assert.Contains("Values:from is needed: Number or name", told, StringComparison.Ordinal);
        Assert.Contains("Values:form is not asked for", told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_description_that_is_not_there_names_those_that_are()
    {
        var settings = new GenericSettings { Description = "hubspot" };

        Assert.Contains("hubspot-contacts", Assert.Single(settings.Validate(new ValidationContext(settings))).ErrorMessage, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/b?c=d#e", "people/a%2Fb%3Fc%3Dd%23e")]
    [InlineData("ø 7", "people/%C3%B8%207")]
    public void A_value_can_not_leave_its_place_in_the_path(string id, string path) =>
        Assert.Equal(path, PathTemplate.Parse("people/{id}", "path", out _).Of(new Dictionary<string, object?> { ["id"] = id }));

    [Theory]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData(null)]
    public void A_value_that_would_climb_or_vanish_is_refused(string? id) =>
        Assert.Throws<DescriptionFault>(() => PathTemplate.Parse("people/{id}", "path", out _).Of(new Dictionary<string, object?> { ["id"] = id }));
}
