using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Testing.Http;
using static CxOrchestrator.Sdk.Testing.Builders.Some;

namespace CxOrchestrator.Connectors.Tests.Email.Graph;

/// <summary>What leaves, and what Graph's answers become.</summary>
public sealed class SendTests
{
    [Fact]
    public async Task A_message_goes_as_base64_of_MIME_with_our_Message_ID_and_our_header_and_the_receipt_is_kept()
    {
        await using var rig = await GraphRig.StartAsync();
        var result = await rig.SendAsync(AnEmail().Key("d-1").Html("<p>x</p>").Build());

        Assert.Equal(SendResult.Accepted("9f1c5d0a-0000-4000-8000-000000000001"), result);
        var request = Assert.Single(rig.StandIn.Server.Requests);
        Assert.Equal(("POST", "/v1.0/users/care%40shop.example/sendMail", "text/plain"), (request.Method, request.Target, request.Header("Content-Type")));
        var mail = Assert.Single(rig.StandIn.Sent).Read;
        Assert.Equal(("<d-1@shop.example>", "d-1", "Shop <care@shop.example>"), (mail.Raw("Message-ID"), mail.Raw("X-Cxo-Delivery"), mail.Raw("From")));
    }

    [Theory]
    [InlineData(400, "ErrorInvalidRecipients", "rejected ErrorInvalidRecipients bad address")]
    [InlineData(400, "ErrorMimeContentInvalid", "rejected ErrorMimeContentInvalid")]
    [InlineData(400, "", "rejected http-400")]
    [InlineData(400, "<script>", "rejected http-400")]
    [InlineData(404, "ErrorItemNotFound", "deferred")]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "deferred")]
    [InlineData(403, "ErrorAccessDenied", "deferred")]
    [InlineData(403, "ErrorSendAsDenied", "deferred")]
    [InlineData(400, "ErrorQuotaExceeded", "deferred")]
    [InlineData(413, "RequestBodyTooLarge", "rejected RequestBodyTooLarge")]
    [InlineData(429, "ApplicationThrottled", "deferred")]
    [InlineData(302, "", "deferred")]
    [InlineData(408, "", "unknown")]
    [InlineData(200, "", "unknown")]
    [InlineData(500, "ErrorInternalServerError", "unknown")]
    [InlineData(504, "", "unknown")]
    public async Task Graphs_answers_have_their_results(int status, string code, string expected)
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Status(status, body: """{"error":{"code":"CODE","message":"anna@example.com is odd"}}""".Replace("CODE", code, StringComparison.Ordinal));

        var result = await rig.SendAsync(AnEmail().Build());

        Assert.Equal(expected, result switch
        {
            SendRejected rejected => $"rejected {rejected.Code}{(rejected.AddressInvalid ? " bad address" : "")}",
            SendDeferred => "deferred",
            SendUnknown => "unknown",
            _ => result.ToString(),
        });
        Assert.DoesNotContain("anna@example.com", result.ToString(), StringComparison.Ordinal);
        Assert.Single(rig.StandIn.Server.Requests);
    }

    [Fact]
    public async Task A_mailbox_that_is_none_loses_no_message()
    {
        await using var rig = await GraphRig.StartAsync(settings => settings.Mailbox = "nobody@shop.example");

        Assert.Contains("ErrorInvalidUser", Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build())).Text, StringComparison.Ordinal);
        Assert.Empty(rig.StandIn.Sent);
    }

    [Fact]
    public async Task A_message_of_over_4_MB_is_rejected()
    {
        await using var rig = await GraphRig.StartAsync();

        Assert.IsType<SendRejected>(await rig.SendAsync(AnEmail().Text(new string('x', 4_000_000)).Build()));
    }

    [Fact]
    public async Task Never_more_than_four_requests_are_under_way_and_one_whose_turn_never_comes_is_deferred()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.StandIn.Server.Fault = HttpFault.Hang;
        using var patience = new CancellationTokenSource();
        var hanging = Enumerable.Range(0, 4).Select(_ => rig.SendAsync(AnEmail().Build(), patience.Token)).ToList();
        // Met by its head, and recorded when its body is read.
        await rig.StandIn.Server.FaultMetAsync(4);
        await rig.StandIn.Server.ReachedAsync(4);

        using var less = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 20).Select(_ => rig.SendAsync(AnEmail().Build(), less.Token)).ToList();
        await less.CancelAsync();
        Assert.All(await Task.WhenAll(waiting), result => Assert.IsType<SendDeferred>(result));
        Assert.Equal(4, rig.StandIn.Server.Requests.Count);

        await patience.CancelAsync();
        foreach (var one in hanging)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        rig.StandIn.Server.Fault = null;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => rig.SendAsync(AnEmail().Build()))), result => Assert.IsType<SendAccepted>(result));
        Assert.InRange(rig.StandIn.MostAtOnce, 1, 4);
    }

    [Fact]
    public async Task A_token_is_asked_for_once_and_anew_only_when_Graph_refuses_it()
    {
        await using var rig = await GraphRig.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => rig.SendAsync(AnEmail().Build())));
        Assert.Equal(1, rig.Credential.Given);

        rig.StandIn.Takes = _ => false;
        Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        rig.StandIn.Takes = _ => true;
        Assert.IsType<SendAccepted>(await rig.SendAsync(AnEmail().Build()));
        Assert.Equal(2, rig.Credential.Given);
    }

    [Fact]
    public async Task Without_a_token_nothing_leaves_and_the_reason_names_Microsofts_number_and_no_more()
    {
        await using var rig = await GraphRig.StartAsync();
        rig.Credential.Failure = new Azure.Identity.AuthenticationFailedException($"AADSTS7000215: Invalid client secret {GraphRig.ClientSecret} provided.");

        var deferred = Assert.IsType<SendDeferred>(await rig.SendAsync(AnEmail().Build()));
        Assert.Contains("AADSTS7000215", deferred.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(GraphRig.ClientSecret, deferred.Text, StringComparison.Ordinal);
        Assert.Empty(rig.StandIn.Server.Requests);
        await Assert.ThrowsAsync<ServiceException>(() => rig.PollAsync());
    }
}
