using System.Net;
using CxOrchestrator.Web.Tests.Fakes;
using Microsoft.AspNetCore.Hosting;

namespace CxOrchestrator.Web.Tests.Surveys;

/// <summary>What depends on the real server: large bodies, HEAD, its own limits.</summary>
public sealed class KestrelTests
{
    [Theory]
    [InlineData(30_000_000)]
    [InlineData(100_000)]
    public async Task A_comment_of_five_megabytes_gets_its_page_whatever_the_servers_own_limit(int limit)
    {
        var (site, token) = await A.AskedSiteAsync("fa-IR", host: Kestrel(limit));
        await using var _ = site;

        var page = await site.PostAsync($"/s/{token}", ("score", "2"), ("comment", new string('x', 5 * 1024 * 1024)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, page.Status);
        Assert.Equal(("fa", "2"), (page.Document.DocumentElement.GetAttribute("lang"), page.Chosen));
        Assert.NotNull(page.Field("form"));
    }

    [Fact]
    public async Task A_head_has_the_headers_of_a_get_and_no_body()
    {
        var (site, token) = await A.AskedSiteAsync(host: Kestrel(30_000_000));
        await using var _ = site;
        site.Stores.ForbidWrites = true;

        using var head = await site.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/s/{token}?score=3"));
        var get = await site.GetAsync($"/s/{token}?score=3");

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Response.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_path_that_is_nobodys_and_a_method_that_is_not_offered_are_refused()
    {
        var (site, token) = await A.AskedSiteAsync(host: Kestrel(30_000_000));
        await using var _ = site;

        Assert.Equal(HttpStatusCode.NotFound, (await site.GetAsync("/nothing/here")).Status);
        using var put = await site.Client.PutAsync($"/s/{token}", new StringContent(""));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, put.StatusCode);
    }

    private static Action<IWebHostBuilder> Kestrel(int limit) => host => host
        .UseKestrelCore()
        .ConfigureKestrel(server =>
        {
            server.Listen(IPAddress.Loopback, 0);
            server.Limits.MaxRequestBodySize = limit;
        });
}
