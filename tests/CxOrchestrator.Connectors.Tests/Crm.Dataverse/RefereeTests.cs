using System.Text;
using CxOrchestrator.Connectors.Tests.Crm.Dataverse.Organisation;
using Microsoft.OData;

namespace CxOrchestrator.Connectors.Tests.Crm.Dataverse;

/// <summary>The referee would see what is wrong.</summary>
public sealed class RefereeTests
{
    [Theory]
    [InlineData("contact")]
    [InlineData("contacts?$select=emailadress1")]
    [InlineData("contacts('11111111-2222-4333-8444-555555555555')")]
    [InlineData("contacts?$filter=emailaddress1 eq 'O'Brien'")]
    [InlineData("contacts?$filter=modifiedon gt '2026'")]
    [InlineData("contacts?$expand=parentcustomerid")]
    [InlineData("msfp_surveys")]
    public void An_address_that_is_wrong_is_refused(string address) => Assert.ThrowsAny<ODataException>(() => ODataReferee.One("GET", address, []));

    [Theory]
    [InlineData("contacts", """{"emailadress1":"a@b.c"}""")]
    [InlineData("emails", """{"regardingobjectid@odata.bind":"/contacts(11111111-2222-4333-8444-555555555555)"}""")]
    [InlineData("incidents", """{"customerid@odata.bind":"/contacts(11111111-2222-4333-8444-555555555555)"}""")]
    [InlineData("contacts", """{"cxo_lastscore":"nine"}""")]
    [InlineData("CloseIncident", """{"IncidentResolution":{"subjct":"x"},"Status":5}""")]
    public void A_body_that_is_wrong_is_refused(string address, string body) =>
        Assert.ThrowsAny<ODataException>(() => ODataReferee.One("POST", address, Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void A_batch_without_the_blank_line_after_its_headers_is_refused() => Assert.ThrowsAny<Exception>(() => ODataReferee.Batch(
        "multipart/mixed; boundary=\"b\"",
        Encoding.UTF8.GetBytes("--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET /api/data/v9.2/contacts HTTP/1.1\r\n--b--\r\n")));
}
